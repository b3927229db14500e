"""The load report of a dataset, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.tables import Column

from .dataset_times import moment
from .dataset_wording import ROLE_NAMES
from .models import Dataset

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.report import LoadReport

TIES_TO_MENTION = 0.001
FOUND_COLUMNS = [Column(_("What was found")), Column(_("How often"), numeric=True), Column(_("First places"))]
ROLE_COLUMNS = [
    Column(_("Meaning")),
    Column(_("Column")),
    Column(_("Different values"), numeric=True),
    Column(_("Filled"), numeric=True),
]


@dataclass(frozen=True)
class Found:
    """Something that was dropped or is odd: what, how often, and the first line or record numbers."""

    text: str
    count: int
    places: str


@dataclass(frozen=True)
class RoleLine:
    """What stands in the column of a role; ``filled`` is a percentage."""

    role: Any
    column: str
    values: int
    filled: str


@dataclass(frozen=True)
class ReportPage:
    """What the page shows. ``remarks`` say what must be known when figures are read."""

    events_read: int
    events_kept: int
    cases: int
    first: datetime | None
    last: datetime | None
    dropped: list[Found]
    problems: list[Found]
    roles: list[RoleLine]
    remarks: list[str]
    columns: list[Column]
    role_columns: list[Column]

    @property
    def events_dropped(self) -> int:
        """The events that are left out."""
        return self.events_read - self.events_kept


def report_on_page(dataset: Dataset) -> ReportPage | None:
    """The report of a dataset; None for one that another version of the software made."""
    from zichtlijn.analysis.eventlogs.report import LoadReport

    try:
        report = LoadReport.from_json(dataset.report)
        mapping = dataset.chosen_mapping()
    except (KeyError, TypeError, LogError):
        return None
    zone = ZoneInfo(report.time_zone)
    return ReportPage(
        events_read=report.events_read,
        events_kept=report.events_kept,
        cases=report.cases,
        first=_local(report.first_us, zone),
        last=_local(report.last_us, zone),
        dropped=[_found(each) for each in report.dropped],
        problems=[_found(each) for each in report.problems],
        roles=[
            RoleLine(ROLE_NAMES[use.role], use.column.name, use.values, _percentage(use.filled)) for use in report.roles
        ],
        remarks=_remarks(report, has_end=bool(mapping.end_activities)),
        columns=FOUND_COLUMNS,
        role_columns=ROLE_COLUMNS,
    )


def _remarks(report: LoadReport, *, has_end: bool) -> list[str]:
    told = []
    if report.day_granular:
        told.append(gettext("The registration knows days, not times: what happens on one day has no known order."))
    if report.tied_events >= TIES_TO_MENTION:
        shares = {"events": _percentage(report.tied_events), "cases": _percentage(report.tied_cases)}
        told.append(
            gettext(
                "%(events)s of the events, in %(cases)s of the cases, have the same time as the event before. "
                "The order of the file is kept for them."
            )
            % shares
        )
    if not has_end:
        told.append(
            gettext("No activity ends a case, so every case counts as ended at its last event and none is still open.")
        )
    return [*told, *_remarks_on_zones(report)]


def _remarks_on_zones(report: LoadReport) -> list[str]:
    with_zone = {offset: number for offset, number in report.offsets.items() if offset}
    without = report.offsets.get("", 0)
    told = []
    if without:
        told.append(gettext("Times without a time zone are taken as those of %(zone)s.") % {"zone": report.time_zone})
    if len(with_zone) > 1 or (with_zone and without):
        offsets = ", ".join(f"{offset} ({number_format(number)})" for offset, number in sorted(with_zone.items()))
        told.append(gettext("Times in the file differ in their offset from UTC: %(offsets)s.") % {"offsets": offsets})
    return told


def _found(problem: Any) -> Found:
    from zichtlijn.analysis.eventlogs.report import PROBLEMS

    text = gettext(PROBLEMS[problem.code]) if problem.code in PROBLEMS else problem.code
    if problem.detail:
        text = f"{text} ({problem.detail})"
    return Found(text, problem.count, ", ".join(problem.places))


def _percentage(share: float) -> str:
    """In whole percents; with a decimal below ten, and between 99 and all of it."""
    digits = 1 if 0 < share < 0.1 or 0.99 < share < 1 else 0
    return f"{number_format(100 * share, digits)} %"


def _local(microseconds: int | None, zone: ZoneInfo) -> datetime | None:
    return None if microseconds is None else moment(microseconds).astimezone(zone)
