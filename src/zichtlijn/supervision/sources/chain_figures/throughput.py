"""What comes in, goes out and is open, over time."""

from __future__ import annotations

from datetime import date
from functools import partial

import ibis.expr.types as ir

from zichtlijn.analysis.chains import throughput
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.local_days import LocalDays, day_number
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Line, TimeSeries

from .figure import Figure, Result
from .metric import Arguments, Metric
from .reader import Reader

DEFINITION = throughput.DEFINITION
MOST_DAYS, MOST_WEEKS = 62, 210


def compute(engine: Engine, selection: Selection) -> Result:
    """Per day, week or month, whatever gives a line that can be read."""
    return _result(throughput.compute(engine, selection), engine.log)


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.throughput(selection), instant.log)


def _result(found: throughput.Throughput, log: DescribedLog) -> Result:
    days = len(found.started)
    period: throughput.Period = "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS * 7 else "month"
    rows = found.per(period)
    return {
        "period": period,
        "starts": [row.start.isoformat() for row in rows],
        "started": [row.started for row in rows],
        "ended": [row.ended for row in rows],
        "open": [row.open_cases for row in rows],
        "knows_open": bool(log.manifest.mapping.end_activities),
    }


def figure(result: Result, reader: Reader) -> Figure:
    """Two drawings: in and out, and open."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    if reader.hides(sum(result["started"])):
        return Figure(about, reader.not_shown())
    days = [date.fromisoformat(start) for start in result["starts"]]
    names = {"day": gettext("Day"), "week": gettext("Week from"), "month": gettext("Month from")}
    unsaid = reader.hidden_together([result["started"], result["ended"]], [result["open"]])

    def drawn_of(counts: list[int]) -> list[float | None]:
        return [None if few else count for count, few in zip(counts, unsaid, strict=True)]

    flows = [
        Line(gettext("started"), drawn_of(result["started"])),
        Line(gettext("ended"), drawn_of(result["ended"])),
    ]
    level = [Line("", drawn_of(result["open"]))]
    per = {
        "day": gettext("Cases started and ended per day"),
        "week": gettext("Cases started and ended per week"),
        "month": gettext("Cases started and ended per month"),
    }
    drawn = partial(
        TimeSeries,
        days=days,
        day_name=names[result["period"]],
        value_name=gettext("Cases"),
        number=reader.count,
        show_date=words.day,
        show_month=words.month,
    )
    drawings = (
        drawn(per[result["period"]], lines=flows),
        drawn(gettext("Cases open at the end of the period"), lines=level),
    )
    notes = (
        ()
        if result["knows_open"]
        else (gettext("It is not known which activities close a case: a case counts as ended at its last event."),)
    )
    return Figure(about, drawings=drawings, notes=notes, wide=True)


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases that started, ended or were open between two days (``first`` and ``last``, both included), or all."""
    what, first, last = (arguments.get(name) for name in ("what", "first", "last"))
    if what not in ("started", "ended", "events", "open") or not first or not last:
        return selection.cases().select("case_no")
    days = LocalDays.of(log)
    try:
        from_day, until_day = day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last)) + 1
        return throughput.cases_behind(selection, what, days.start_us(from_day), days.start_us(until_day))  # type: ignore[arg-type]
    except (ValueError, OverflowError) as error:
        raise LogError(
            "unknown-value", "%(value)s does not occur in this log.", value=first, dimension="day"
        ) from error


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
