"""A list of people, to test lists with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import include, path
from django.utils.html import format_html

from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateRangeFilter,
    MultiChoiceFilter,
    RecordFilter,
    TextFilter,
)
from zichtlijn.platform.lists.models import SavedFilter
from zichtlijn.platform.lists.tables import TABLES, AddLink, Table
from zichtlijn.platform.lists.views import ListView

TABLES.pop("test.people", None)
PEOPLE = Table(
    name="test.people",
    label="People",
    columns=(
        Column(
            "name", "Name", "full_name", sort="full_name", screen=lambda user: format_html("<b>{}</b>", user.full_name)
        ),
        Column("role", "Role", sort="role"),
        Column("email", "E-mail"),
        Column("joined", "Joined", "date_joined", sort="date_joined"),
        Column("filters", "Saved filters", "saved_filters"),
        Column("demo", "Demo", "is_demo", in_export=False),
        Column("number", "Number", "pk", on_screen=False, numeric=True),
    ),
    filters=(
        TextFilter("text", "Words", over=("full_name", "email", "saved_filters__name")),
        ChoiceFilter("role", "Role", choices=Role.choices),
        MultiChoiceFilter("roles", "Roles", "role", choices=lambda _user: Role.choices),
        RecordFilter("kept", "Kept", "saved_filters", records=SavedFilter.objects.visible_to),
        BooleanFilter("demo", "Demo", "is_demo"),
        DateRangeFilter("joined", "Joined", "date_joined"),
    ),
    default_sort="name",
    page_size=3,
    empty="Nobody works here yet.",
    add=AddLink("Add a person", lambda: "/people/add", "accounts.manage_users"),
)


def people_but_administrators(user: Any) -> Any:
    return get_user_model().objects.exclude(role=Role.ADMINISTRATOR).prefetch_related("saved_filters")


urlpatterns = [
    path("people/", ListView.as_view(table=PEOPLE, rows=people_but_administrators), name="people"),
    path("nobody/", ListView.as_view(table=PEOPLE, rows=lambda _user: get_user_model().objects.none()), name="nobody"),
    path("", include("zichtlijn.project.urls")),
]
