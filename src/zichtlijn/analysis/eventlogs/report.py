"""What reading a log with a mapping gives: what is read, dropped and kept, and what is odd about it, with the places.

Nothing here changes the log. The rows counted are those the preparation uses (``typed_rows``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass
from typing import Any

from zichtlijn.analysis.eventlogs.log_counts import Counted, LogCounts
from zichtlijn.analysis.eventlogs.model import Column, Mapping, Problem, Role
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.texts import gettext_noop

DROPPED: dict[str, str] = {
    "event-without-case": gettext_noop("Events without a case number; left out."),
    "event-without-activity": gettext_noop("Events that do not say what happened; left out."),
    "event-without-time": gettext_noop("Events without a time; left out."),
    "unreadable-time": gettext_noop(
        "Events with a time that cannot be read or is not between 1900 and 2200; left out."
    ),
}
PROBLEMS: dict[str, str] = {
    **DROPPED,
    # found in the log, by this report
    "duplicate": gettext_noop("Events that are in the log more than once: same case, activity, time and organisation."),
    "other-start": gettext_noop("Cases that do not begin with the usual first activity."),
    "before-start": gettext_noop("Events of a case before its usual first activity."),
    "complete-before-start": gettext_noop("Events that were completed before they started."),
    "unreadable-completion": gettext_noop("Times of completion that cannot be read."),
    "after-cut-off": gettext_noop("Events after the moment up to which the registration should be complete."),
    "activity-absent": gettext_noop("Activities that the mapping names and that no event has."),
    "before-1970": gettext_noop("Events before 1970."),
    "nonexistent-time": gettext_noop("Local times that do not exist, in the hour skipped for summer time."),
    "ambiguous-time": gettext_noop(
        "Local times that occur twice, in the hour repeated after summer time; the first is taken."
    ),
    # found by the readers
    "mixed-kinds": gettext_noop("Attributes with values of several kinds; read as text or fractions."),
    "value-unreadable": gettext_noop("Values that are not of the kind they should be; left empty."),
    "attribute-repeated": gettext_noop("Attributes that occur more than once in an event or case; the last is taken."),
    "attribute-incomplete": gettext_noop("Attributes without a name or value; left out."),
    "nested-values": gettext_noop("Attributes within attributes; left out."),
    "event-outside-trace": gettext_noop("Events outside a case; left out."),
    "element-unknown": gettext_noop("Parts of the file that do not belong in an event log; left out."),
    "encoding-guessed": gettext_noop("The file is not in UTF-8; its encoding was guessed."),
    "empty-rows": gettext_noop("Empty lines; left out."),
    "column-unnamed": gettext_noop("Columns without a name; numbered."),
    "column-left": gettext_noop("Columns of a kind that an event log cannot hold; left out."),
    "day-or-month": gettext_noop("Dates of which day and month cannot be told apart; the day is taken first."),
    "day-and-month": gettext_noop("Dates with the day first and dates with the month first in one column."),
    "formula-without-value": gettext_noop("Formulas without a computed value; left empty."),
    "cell-error": gettext_noop("Cells with an error of the spreadsheet; left empty."),
    "rows-before": gettext_noop("Rows before the names of the columns; left out."),
    "other-sheets": gettext_noop("Other sheets of the workbook; not read."),
    "object-missing": gettext_noop("Events that name an object that is not in the log; the link is left out."),
    "event-without-object": gettext_noop("Events without an object of the chosen type; not in any case."),
    "link-repeated": gettext_noop("Links between events and objects that occur more than once; kept once."),
}

USUAL_START = 0.8  # of the cases begin with the same activity: then another beginning is worth a look
DAY_GRANULAR = 0.95  # of the times are midnight: the log knows days, not times


@dataclass(frozen=True, slots=True)
class RoleUse:
    """``values``: different ones, of times about; ``filled``: share of the events that are kept (0 to 1)."""

    role: Role
    column: Column
    values: int
    filled: float


@dataclass(frozen=True)
class LoadReport:
    """Shares are between 0 and 1. Places are line, row or record numbers of the file; never case numbers.

    ``tied_events``: with the time of another event of the case before it; ``tied_cases``: with such an event.
    ``at_midnight``: of the times, in the zone of the mapping; ``day_granular``: nearly all. ``offsets``: how often each
    offset from UTC occurs, "" for times without one. ``usual_start``: the activity most cases begin with, "" in an
    empty log; ``usual_start_cases``: their share. ``dropped`` and ``problems`` have a text in ``PROBLEMS``.
    """

    filename: str
    file_format: str
    sha256: str
    events_read: int
    events_kept: int
    cases: int
    first_us: int | None
    last_us: int | None
    dropped: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    tied_events: float
    tied_cases: float
    at_midnight: float
    time_zone: str
    offsets: Values[str, int]
    usual_start: str
    usual_start_cases: float
    roles: tuple[RoleUse, ...]

    @property
    def day_granular(self) -> bool:
        """Order within a day is not known, and durations are in whole days."""
        return self.at_midnight >= DAY_GRANULAR

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; ``from_json`` gives the same back."""
        return {**asdict(self), "offsets": dict(self.offsets), "day_granular": self.day_granular}

    @classmethod
    def from_json(cls, values: Values[str, Any]) -> LoadReport:
        """What ``as_json`` gave."""
        given = {key: value for key, value in values.items() if key != "day_granular"}
        for name in ("dropped", "problems"):
            given[name] = tuple(Problem(**{**each, "places": tuple(each["places"])}) for each in values[name])
        given["roles"] = tuple(RoleUse(**{**each, "column": Column(**each["column"])}) for each in values["roles"])
        return cls(**given)


def load_report(raw: RawLog, mapping: Mapping, *, memory_mib: int = 1024) -> LoadReport:
    """Count over the whole log, with at most ``memory_mib`` of memory and the rest on disk. Raises LogError."""
    with (
        tempfile.TemporaryDirectory(prefix=".report-", dir=raw.folder) as spill,
        LogCounts(raw, mapping, spill, memory_mib) as counts,
    ):
        return _report(counts.raw, mapping, counts)


def _report(raw: RawLog, mapping: Mapping, counts: LogCounts) -> LoadReport:
    dropped, kept, start = counts.dropped(), counts.kept(), counts.usual_start()
    ties = counts.ties()
    found = [
        ("duplicate", ties.duplicates),
        *counts.impossible(),
        *counts.odd_local_times(),
        *(counts.around_start(start.hash) if start.cases >= USUAL_START else ()),
    ]
    return LoadReport(
        filename=raw.filename,
        file_format=raw.file_format,
        sha256=raw.sha256,
        events_read=raw.events,
        events_kept=kept.events,
        cases=kept.cases,
        first_us=kept.first_us,
        last_us=kept.last_us,
        dropped=_problems(dropped),
        problems=(*raw.problems, *_problems(found), *_absent(counts)),
        tied_events=_share(ties.events, kept.events),
        tied_cases=_share(ties.cases, kept.cases),
        at_midnight=_share(kept.at_midnight, kept.events),
        time_zone=mapping.time_zone,
        offsets=counts.offsets(),
        usual_start=start.activity,
        usual_start_cases=start.cases,
        roles=tuple(
            RoleUse(role, mapping.roles[role], use.values, _share(use.filled, kept.events))
            for role, use in counts.roles().items()
        ),
    )


def _absent(counts: LogCounts) -> tuple[Problem, ...]:
    return tuple(Problem("activity-absent", 1, (), activity) for activity in counts.absent_activities())


def _problems(found: list[tuple[str, Counted]]) -> tuple[Problem, ...]:
    return tuple(Problem(code, each.count, each.places) for code, each in found if each.count)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
