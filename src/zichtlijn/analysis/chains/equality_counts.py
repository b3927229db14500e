"""The counts that are compared, out of the answers to the expressions of ``equality_measures``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains import equality_measures as measures_of
from zichtlijn.analysis.chains.answers import UNKNOWN, Answer, Numbers, ask
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.equality_measures import Dimension, Measure, Periods
from zichtlijn.analysis.chains.lost_hand_overs import ALL, allowances_hours, arrival_times
from zichtlijn.analysis.chains.open_cases import UNIT_US, TimeUnit, cut_off
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared


@dataclass(frozen=True, eq=False)
class Table:
    """One measure per unit. ``events`` out of ``cases``: units x periods, or for lead times units x periods x times,
    with the ends and with all that stopped (ended or open) at each of ``times``, in ``time_unit``.
    """

    dimension: Dimension
    measure: Measure
    value: str | None
    value_code: int | None
    codes: tuple[int, ...]
    values: tuple[str, ...]
    events: Numbers
    cases: Numbers
    times: npt.NDArray[np.float64] | None = None
    time_unit: TimeUnit | None = None

    @property
    def sizes(self) -> Numbers:
        """Cases per unit."""
        summed: Numbers = self.cases.reshape(len(self.codes), -1).sum(axis=1)
        return summed


def tables(
    engine: Engine, selection: Selection, dimensions: Sequence[Dimension], measures: Sequence[Measure]
) -> Iterator[Table]:
    """A table per dimension, measure and value, where the log has them and not all or none have the event."""
    compared = [dimension for dimension in dimensions if len(engine.log.values(dimension)) > 1]
    asking = _Asking(engine, selection, compared)
    of_measure = {
        "lead-time": asking.lead_times,
        "stay-time": asking.stay_times,
        "term-exceeded": asking.terms,
        "outcome": asking.outcomes,
        "activity": asking.activities,
        "hand-over-lost": asking.lost,
    }
    for dimension in compared:
        for measure in measures:
            yield from (table for table in of_measure[measure](dimension) if _can_differ(table))


def _can_differ(table: Table) -> bool:
    if (table.sizes > 0).sum() < 2:
        return False
    return table.times is not None or 0 < table.events.sum() < table.cases.sum()


class _Asking:
    """The questions to one log: each once for all dimensions, except times, of which the answer would be too long."""

    def __init__(self, engine: Engine, selection: Selection, dimensions: Sequence[Dimension]) -> None:
        self.engine, self.log, self.selection = engine, engine.log, selection
        self.dimensions = tuple(dimensions)
        self.known: dict[str, Any] = {"cut_off_us": cut_off(engine.log)}
        span = ask(engine, measures_of.starts(selection, **self.known))
        self.known["periods"] = Periods(int(span["first_us"][0]), int(span["last_us"][0]))

    def lead_times(self, dimension: Dimension) -> Iterator[Table]:
        unit = self._time_unit
        query = measures_of.lead_times(self.selection, (dimension,), unit_us=UNIT_US[unit], **self.known)
        answer = _of(ask(self.engine, query), dimension)
        if not len(answer["count"]):
            return
        yield self._timed("lead-time", dimension, answer, unit)

    def stay_times(self, dimension: Dimension) -> Iterator[Table]:
        if not self.log.has("stays"):
            return
        unit, texts = self._time_unit, self.log.values("organisation")
        query = measures_of.stay_times(self.selection, (dimension,), unit_us=UNIT_US[unit], **self.known)
        answer = _of(ask(self.engine, query), dimension)
        for code in np.unique(answer["value"]).tolist():
            here = _rows(answer, answer["value"] == code)
            yield replace(self._timed("stay-time", dimension, here, unit), value=texts[code], value_code=code)

    def _timed(self, measure: Measure, dimension: Dimension, answer: Answer, unit: TimeUnit) -> Table:
        times, column = np.unique(answer["time"], return_inverse=True)
        grid = _Grid(answer, self.log, dimension)
        everyone = grid.counted(answer, np.ones(len(column), dtype=bool), column, len(times))
        ended = grid.counted(answer, answer["ended"] == 1, column, len(times))
        return Table(dimension, measure, None, None, *grid.names, ended, everyone, times.astype(np.float64), unit)

    def terms(self, dimension: Dimension) -> Iterator[Table]:
        answer = _of(self._terms_due, dimension)
        if len(answer["count"]):
            grid = _Grid(answer, self.log, dimension)
            late = grid.counted(answer, answer["happened"] == 1)
            yield grid.table("term-exceeded", late, grid.counted(answer))

    def outcomes(self, dimension: Dimension) -> Iterator[Table]:
        answer = _of(self._outcomes, dimension)
        if len(answer["count"]):
            grid, texts = _Grid(answer, self.log, dimension), self.log.values("outcome")
            codes = np.unique(answer["value"]).tolist()
            # Of two outcomes the one says all about the other.
            for code in codes[:1] if len(codes) == 2 else codes:
                events = grid.counted(answer, answer["value"] == code)
                yield grid.table("outcome", events, grid.counted(answer), value=texts[code], code=code)

    def activities(self, dimension: Dimension) -> Iterator[Table]:
        everyone = _of(self._ended_cases, dimension)
        if not len(everyone["count"]):
            return
        answer = _of(self._activities, dimension)
        grid, texts = _Grid(everyone, self.log, dimension), self.log.values("activity")
        seen: set[bytes] = set()
        for code in np.unique(answer["value"]).tolist():
            events, cases = grid.counted(answer, answer["value"] == code), grid.counted(everyone)
            # Activities that always come together, or of which exactly one comes, are one comparison.
            marks = {events.tobytes(), (cases - events).tobytes()}
            if not marks & seen:
                seen |= marks
                yield grid.table("activity", events, cases, value=texts[code], code=code)

    def lost(self, dimension: Dimension) -> Iterator[Table]:
        if not self.log.has("stays") or not self.log.manifest.mapping.sent_to:
            return
        judged = _of(self._judged, dimension)
        if len(judged["count"]):
            grid = _Grid(judged, self.log, dimension)
            yield grid.table("hand-over-lost", grid.counted(judged, judged["arrived"] == 0), grid.counted(judged))

    @cached_property
    def _terms_due(self) -> Answer:
        return ask(self.engine, measures_of.terms_due(self.selection, self.dimensions, **self.known))

    @cached_property
    def _outcomes(self) -> Answer:
        return ask(self.engine, measures_of.outcomes(self.selection, self.dimensions, **self.known))

    @cached_property
    def _ended_cases(self) -> Answer:
        return ask(self.engine, measures_of.ended_cases(self.selection, self.dimensions, **self.known))

    @cached_property
    def _activities(self) -> Answer:
        return ask(self.engine, measures_of.activities(self.selection, self.dimensions, **self.known))

    @cached_property
    def _judged(self) -> Answer:
        """The hand-overs that had time enough to arrive."""
        answer = ask(self.engine, measures_of.sent(self.selection, self.dimensions, **self.known))
        allowed = allowances_hours(ask(self.engine, arrival_times(self.selection)))
        pairs = zip(answer["organisation"].tolist(), answer["sent_to"].tolist(), strict=True)
        never = np.iinfo(np.int64).max
        enough = np.array([allowed.get(pair, allowed.get(ALL, never)) for pair in pairs], dtype=np.int64)
        return _rows(answer, answer["hours"] >= enough)

    @cached_property
    def _time_unit(self) -> TimeUnit:
        """Days, unless most cases are over within twenty of them."""
        query = measures_of.lead_times(self.selection, (), **{**self.known, "periods": measures_of.ONE})
        answer = ask(self.engine, query)
        order = np.argsort(answer["time"], kind="stable")
        below = np.cumsum(answer["count"][order])
        if not len(below):
            return "days"
        return "days" if answer["time"][order][np.searchsorted(below * 2, below[-1])] >= 20 else "hours"


def _of(answer: Answer, dimension: Dimension) -> Answer:
    """The rows of which the region or group is known, with it as ``unit``."""
    return _rows({**answer, "unit": answer[dimension]}, answer[dimension] != UNKNOWN)


def _rows(answer: Answer, chosen: npt.NDArray[np.bool_]) -> Answer:
    return {name: column[chosen] for name, column in answer.items()}


class _Grid:
    """Where the rows of an answer belong: which unit, which period."""

    def __init__(self, answer: Answer, log: Prepared, dimension: Dimension) -> None:
        self.dimension = dimension
        self.units = np.unique(answer["unit"])
        # Only those in which anything happened: a hand-over can be sent long after the last case started
        self.periods = np.unique(answer["period"])
        texts = log.values(dimension)
        self.names = tuple(self.units.tolist()), tuple(texts[code] for code in self.units.tolist())

    def counted(
        self,
        answer: Answer,
        chosen: npt.NDArray[np.bool_] | None = None,
        column: Numbers | None = None,
        columns: int = 1,
    ) -> Numbers:
        """Cases per unit and period, and per ``column`` where there are several."""
        rows = slice(None) if chosen is None else chosen
        out = np.zeros((len(self.units), len(self.periods), columns), dtype=np.int64)
        unit = np.searchsorted(self.units, answer["unit"][rows])
        third = np.zeros(len(unit), dtype=np.int64) if column is None else column[rows]
        period = np.searchsorted(self.periods, answer["period"][rows])
        np.add.at(out, (unit, period, third), answer["count"][rows])
        return out if column is not None else out[:, :, 0]

    def table(
        self, measure: Measure, events: Numbers, cases: Numbers, *, value: str | None = None, code: int | None = None
    ) -> Table:
        """A table of shares."""
        return Table(self.dimension, measure, value, code, *self.names, events, cases)
