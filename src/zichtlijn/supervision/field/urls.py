"""Addresses of field."""

from collections.abc import Callable
from typing import Any

from django.urls import path

from zichtlijn.platform.lists.tables import Table
from zichtlijn.platform.lists.views import ListView

from . import queries, tables
from .views import accounts, chains, composition, organisations, overview, places, steering

app_name = "field"


def _list(table: Table, rows: Callable[..., Any]) -> Any:
    return ListView.as_view(table=table, rows=rows, template_name="field/list.html")


urlpatterns = [
    path("", overview.index, name="index"),
    path("accounts/", accounts.account_list, name="account-list"),
    path("accounts/tie", accounts.tie_account, name="account-tie"),
    path("accounts/<int:pk>/end", accounts.end_account, name="account-end"),
    path("undo/<str:token>", overview.undo, name="undo"),
    path("organisations/", _list(tables.ORGANISATIONS, queries.organisations_for), name="organisation-list"),
    path("organisations/add", organisations.AddOrganisation.as_view(), name="organisation-add"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/edit", organisations.EditOrganisation.as_view(), name="organisation-edit"),
    path("organisations/<int:pk>/rename", organisations.RenameOrganisation.as_view(), name="organisation-rename"),
    path("organisations/<int:pk>/merge", organisations.MergeOrganisation.as_view(), name="organisation-merge"),
    path("organisations/<int:pk>/steering/add", steering.SetRole.as_view(), name="steering-role-add"),
    path("names/<int:pk>/edit", organisations.CorrectName.as_view(), name="name-edit"),
    path("names/<int:pk>/remove", organisations.RemoveName.as_view(), name="name-remove"),
    path("steering/", steering.overview, name="steering"),
    path("steering/<int:pk>/edit", steering.EditRole.as_view(), name="steering-role-edit"),
    path("steering/<int:pk>/end", steering.EndRole.as_view(), name="steering-role-end"),
    path("steering/<int:pk>/remove", steering.RemoveRole.as_view(), name="steering-role-remove"),
    path("chains/", _list(tables.CHAINS, queries.chains_for), name="chain-list"),
    path("chains/add", chains.AddChain.as_view(), name="chain-add"),
    path("chains/<int:pk>/", chains.chain, name="chain"),
    path("chains/<int:pk>/edit", chains.EditChain.as_view(), name="chain-edit"),
    path("chains/<int:pk>/members/add", composition.AddMember.as_view(), name="member-add"),
    path("chains/<int:pk>/hand-overs/add", composition.AddHandOver.as_view(), name="hand-over-add"),
    path("members/<int:pk>/edit", composition.EditMember.as_view(), name="member-edit"),
    path("members/<int:pk>/move", composition.MoveMember.as_view(), name="member-move"),
    path("members/<int:pk>/remove", composition.RemoveMember.as_view(), name="member-remove"),
    path("hand-overs/<int:pk>/edit", composition.EditHandOver.as_view(), name="hand-over-edit"),
    path("hand-overs/<int:pk>/move", composition.MoveHandOver.as_view(), name="hand-over-move"),
    path("hand-overs/<int:pk>/remove", composition.RemoveHandOver.as_view(), name="hand-over-remove"),
    path("groups/", _list(tables.GROUPS, queries.groups_for), name="group-list"),
    path("groups/add", places.AddGroup.as_view(), name="group-add"),
    path("groups/<int:pk>/", places.group, name="group"),
    path("groups/<int:pk>/edit", places.EditGroup.as_view(), name="group-edit"),
    path("regions/", _list(tables.REGIONS, queries.regions_for), name="region-list"),
    path("regions/add", places.AddRegion.as_view(), name="region-add"),
    path("regions/<int:pk>/", places.region, name="region"),
    path("regions/<int:pk>/edit", places.EditRegion.as_view(), name="region-edit"),
    path("domains/", _list(tables.DOMAINS, queries.domains_for), name="domain-list"),
    path("domains/add", places.AddDomain.as_view(), name="domain-add"),
    path("domains/<slug:slug>/", places.domain, name="domain"),
    path("domains/<slug:slug>/edit", places.EditDomain.as_view(), name="domain-edit"),
]
