"""Lead times over the weeks in which cases started: a trend, and the weeks from which it was different."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import trends
from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import date_of
from zichtlijn.analysis.chains.open_cases import cut_off
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.trends import Series
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Line, TimeSeries, TurningPoint

from .figure import Figure, Result
from .metric import Arguments, Metric
from .reader import Reader
from .weeks import day_of, values_of

DEFINITION = trends.DEFINITION
TURNING_POINTS = 3


def compute(engine: Engine, selection: Selection) -> Result:
    """The mean lead time per week of start."""
    found = trends.lead_time(engine, selection)
    return series_json(found) | {"cases": _cases_per_week(engine, selection, found)}


def _cases_per_week(engine: Engine, selection: Selection, found: Series) -> list[int]:
    answer = ask(engine, trends.lead_times(selection, cut_off_us=cut_off(engine.log)))
    return [int(answer["count"][answer["week"] == week].sum()) for week in found.weeks]


def series_json(found: Series) -> dict[str, Any]:
    """A series as plain JSON; the surest changes first."""
    changes = sorted(found.changes, key=lambda each: -abs(each.after - each.before))
    return {
        "weeks": [date_of(int(week)).isoformat() for week in found.weeks],
        "values": found.values.tolist(),
        "slope": found.trend.slope,
        "p_value": found.p_value,
        "verdict": found.verdict,
        "horizon_days": found.horizon_days,
        "changes": [
            {"day": date_of(each.day).isoformat(), "before": each.before, "after": each.after, "text": each.text}
            for each in changes
        ],
    }


def turning_points(result: Result, reader: Reader) -> list[TurningPoint]:
    """The largest changes, with what is said of them."""
    return [TurningPoint(day_of(each["day"]), reader.key(each["text"])) for each in result["changes"][:TURNING_POINTS]]


def verdict(result: Result, reader: Reader) -> str:
    """Whether there is a trend, with its p-value where it was tested."""
    said = reader.key(result["verdict"])
    if result["p_value"] is None:
        return said
    return reader.words.gettext("%(verdict)s (p %(p)s)", verdict=said, p=reader.words.p_value(result["p_value"]))


def figure(result: Result, reader: Reader) -> Figure:
    """The mean per week with its changes."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    if len(result["weeks"]) < 2:
        return Figure(about, gettext("There are too few whole weeks in this selection."))
    values, few = _values(result, reader)
    if reader.is_limited and all(value is None for value in values):
        return Figure(about, reader.not_shown())
    drawing = TimeSeries(
        gettext("Mean lead time by week of start"),
        [day_of(week) for week in result["weeks"]],
        [Line("", values)],
        gettext("Week from"),
        gettext("Days"),
        turning_points(result, reader),
        number=words.plain,
        show_date=words.day,
        show_month=words.month,
    )
    sentence = gettext("Lead time by week of start: %(verdict)s.", verdict=verdict(result, reader))
    notes: tuple[str, ...] = ()
    if result["horizon_days"] is not None:
        notes = (gettext("Longer times are counted as %(time)s.", time=words.days(result["horizon_days"])),)
    if few:
        notes += (gettext("Weeks of a few cases are not drawn."),)
    return Figure(about, sentence, drawings=(drawing,), notes=notes)


def _values(result: Result, reader: Reader) -> tuple[list[float | None], bool]:
    """The mean of each week, not of a few cases, and whether any is left out for that."""
    values = values_of(result["values"])
    if not reader.is_limited:
        return values, False
    counts = result.get("cases") or [1] * len(values)  # a figure kept earlier does not say of how many
    few = [reader.hides(count) for count in counts]
    return [None if hidden else value for value, hidden in zip(values, few, strict=True)], any(few)


def cases(_log: Prepared, selection: Selection, _arguments: Arguments) -> ir.Table:
    """All cases."""
    return selection.cases().select("case_no")


METRIC = Metric(DEFINITION, compute, figure, cases)
