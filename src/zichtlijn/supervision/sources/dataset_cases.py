"""The cases behind a figure: which they are, a page at a time, and the events of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.lists.columns import Column

from .dataset_times import moment

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zichtlijn.analysis.chains.selection import Selection
    from zichtlijn.analysis.eventlogs.prepared import Prepared

    from .models import Agreement

PAGE_SIZE = 50
AT_ONCE = 10_000
DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Case:
    """One case: ``number`` is that of the prepared log, ``key`` that of the registration or its pseudonym."""

    number: int
    key: str
    start: datetime
    end: datetime
    days: float
    events: int
    hand_overs: int
    closed: bool
    region: str
    group: str
    last_organisation: str
    outcome: str


CASE_COLUMNS = [
    Column("key", _("Case")),
    Column("start", _("First event")),
    Column("end", _("Last event")),
    Column("days", _("Duration (days)"), numeric=True),
    Column("events", _("Events"), numeric=True),
    Column("hand_overs", _("Hand-overs"), numeric=True),
    Column("closed", _("Closed")),
    Column("region", _("Region")),
    Column("group", _("Group")),
    Column("last_organisation", _("Last organisation")),
    Column("outcome", _("Outcome")),
]


@dataclass(frozen=True)
class Event:
    """One event of a case, with the time until the next in microseconds."""

    at: datetime
    activity: str
    organisation: str
    to_next_us: int | None
    hand_over: bool


class Cases:
    """The cases of a prepared log that a figure, or a part of it, is about."""

    def __init__(
        self,
        log: Prepared,
        metric: str,
        selection: Selection,
        arguments: Mapping[str, str],
        agreement: Agreement | None = None,
    ) -> None:
        """Raises LogError for a metric or argument that there is not."""
        from . import chain_figures

        self.log = log
        if agreement is None:
            self._behind = chain_figures.cases_behind(metric, log, selection, arguments)
        else:
            chosen = chain_figures.AGREED[metric]
            self._behind = chosen.cases(log, agreement.contents, selection, arguments)

    def number(self) -> int:
        """How many there are."""
        counted = self._rows().aggregate(number=self._rows().count())
        return int(_run(self.log, counted)[0]["number"])

    def page(self, page: int, size: int = PAGE_SIZE) -> list[Case]:
        """The cases of a page (from 1) and one more when there is a next page, the first started first."""
        return list(self._read(size + 1, (page - 1) * size))

    def all(self) -> Iterator[Case]:
        """Every case, read in parts."""
        offset = 0
        while True:
            part = list(self._read(AT_ONCE, offset))
            yield from part
            if len(part) < AT_ONCE:
                return
            offset += AT_ONCE

    def _rows(self) -> ir.Table:
        from zichtlijn.analysis.chains import tables

        return tables.cases.semi_join(self._behind, "case_no")

    def _read(self, limit: int, offset: int) -> Iterator[Case]:
        asked = self._rows().order_by(["start_us", "case_no"]).limit(limit, offset=offset)
        return (_case(self.log, row) for row in _run(self.log, asked))


def _case(log: Prepared, row: Mapping[str, Any]) -> Case:
    zone = ZoneInfo(log.manifest.mapping.time_zone)
    return Case(
        number=row["case_no"],
        key=row["case_key"],
        start=moment(row["start_us"]).astimezone(zone),
        end=moment(row["end_us"]).astimezone(zone),
        days=round((row["end_us"] - row["start_us"]) / DAY_US, 1),
        events=row["events"],
        hand_overs=row["hand_overs"] or 0,
        closed=row["closed"],
        region=_text(log, "region", row["region"]),
        group=_text(log, "group", row["group"]),
        last_organisation=_text(log, "organisation", row["last_organisation"]),
        outcome=_text(log, "outcome", row["outcome"]),
    )


def case_of(log: Prepared, number: int) -> Case | None:
    """One case by its number; None when there is none."""
    from zichtlijn.analysis.chains import tables

    rows = _run(log, tables.cases.filter(tables.cases.case_no == number))
    return _case(log, rows[0]) if rows else None


def events_of(log: Prepared, number: int) -> list[Event]:
    """The events of a case in order."""
    from zichtlijn.analysis.chains import tables

    zone = ZoneInfo(log.manifest.mapping.time_zone)
    asked = tables.events.filter(tables.events.case_no == number).order_by("position")
    return [
        Event(
            at=moment(row["at_us"]).astimezone(zone),
            activity=_text(log, "activity", row["activity"]),
            organisation=_text(log, "organisation", row["organisation"]),
            to_next_us=row["to_next_us"],
            hand_over=bool(row["hand_over"]),
        )
        for row in _run(log, asked)
    ]


def _run(log: Prepared, expression: ir.Table) -> list[dict[str, Any]]:
    from zichtlijn.analysis.chains.engines.embedded import Embedded

    with Embedded(log) as engine:
        rows: list[dict[str, Any]] = engine.run(expression).to_pylist()
    return rows


def _text(log: Prepared, dimension: Any, code: int | None) -> str:
    return "" if code is None else log.values(dimension)[code]
