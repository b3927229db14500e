"""The list of jobs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import ChoiceFilter, MultiChoiceFilter
from zichtlijn.platform.lists.tables import Table

from .registry import kind_choices
from .transitions import State

JOBS = Table(
    name="tasks.jobs",
    label=_("My jobs"),
    columns=(
        Column("title", _("Job"), link=True),
        Column("state", _("State"), sort="state"),
        Column("percentage", _("Progress (%)"), sort="fraction", numeric=True),
        Column("asked_at", _("Asked at"), sort="asked_at"),
        Column("finished_at", _("Finished at"), sort="finished_at"),
        Column("owner", _("Started by"), sort=("owner__full_name", "owner__username")),
    ),
    filters=(
        MultiChoiceFilter("state", _("State"), choices=list(State.choices)),
        ChoiceFilter("kind", _("Job"), choices=kind_choices),
    ),
    default_sort="-asked_at",
    empty=_("You have not started any long work yet. An import, for example, appears here with its progress."),
)
