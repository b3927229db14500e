"""Addresses of the programme."""

from __future__ import annotations

from django.urls import path

from zichtlijn.platform.lists.views import ListView

from . import queries, tables
from .views import activities, amendments, figures, perspectives, programmes, versions

app_name = "programme"
urlpatterns = [
    path("", ListView.as_view(table=tables.PROGRAMMES, rows=queries.programmes_for), name="programme-list"),
    path("new/", programmes.add, name="programme-add"),
    path("perspectives/", perspectives.perspective_list, name="perspective-list"),
    path("perspectives/new/", perspectives.add_perspective, name="perspective-add"),
    path("perspectives/<int:pk>/", perspectives.perspective, name="perspective"),
    path("perspectives/<int:pk>/edit/", perspectives.edit_perspective, name="perspective-edit"),
    path("perspectives/<int:pk>/goals/new/", perspectives.add_goal, name="goal-add"),
    path("perspectives/<int:pk>/spearheads/new/", perspectives.add_spearhead, name="spearhead-add"),
    path("spearheads/<int:pk>/edit/", perspectives.edit_spearhead, name="spearhead-edit"),
    path("goals/<int:pk>/", perspectives.goal, name="goal"),
    path("goals/<int:pk>/edit/", perspectives.edit_goal, name="goal-edit"),
    path("goals/<int:pk>/remove/", perspectives.remove_goal, name="goal-remove"),
    path("activities/", ListView.as_view(table=tables.ACTIVITIES, rows=queries.activities_for), name="activity-list"),
    path("activities/new/", activities.choose_programme, name="activity-new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/edit/", activities.edit, name="activity-edit"),
    path("activities/<int:pk>/steps/<slug:step>/", activities.step, name="activity-step"),
    path("amendments/", ListView.as_view(table=tables.AMENDMENTS, rows=queries.amendments_for), name="amendment-list"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("amendments/<int:pk>/changes/", amendments.choose_change, name="amendment-choose"),
    path("amendments/<int:pk>/changes/<slug:kind>/", amendments.change, name="amendment-change"),
    path("amendments/<int:pk>/changes/<slug:kind>/preview/", amendments.preview, name="amendment-preview"),
    path("amendments/<int:pk>/changes/<int:change_pk>/remove/", amendments.remove, name="amendment-remove"),
    path("amendments/<int:pk>/steps/<slug:step>/", amendments.step, name="amendment-step"),
    path("figures/<int:pk>/", figures.figure, name="figure"),
    path("figures/<int:pk>/edit/", figures.edit, name="figure-edit"),
    path("figures/<int:pk>/remove/", figures.remove, name="figure-remove"),
    path("<slug:slug>/", programmes.programme, name="programme"),
    path("<slug:slug>/edit/", programmes.edit, name="programme-edit"),
    path("<slug:slug>/steps/<slug:step>/", programmes.step, name="programme-step"),
    path("<slug:slug>/decide/", programmes.decide, name="decide"),
    path("<slug:slug>/candidates/", activities.candidates, name="candidates"),
    path("<slug:slug>/activities/new/", activities.add, name="activity-add"),
    path("<slug:slug>/figures/new/", figures.add, name="figure-add"),
    path("<slug:slug>/versions/<int:number>/", versions.version, name="version"),
    path("<slug:slug>/compare/", versions.compare, name="compare"),
    path("<slug:slug>/amendments/new/", amendments.add, name="amendment-add"),
]
