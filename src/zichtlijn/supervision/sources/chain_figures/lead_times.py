"""How long cases take with open ones counted: curves with bands, for all and per region or group."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np

from zichtlijn.analysis.chains import lead_times
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.lead_times import By, GroupLeadTime, LeadTimes
from zichtlijn.analysis.chains.open_cases import TimeUnit, cut_off, dimension_of
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.statistics.survival import Interval
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import Dimension, Prepared
from zichtlijn.platform.design.drawing import Curve, StepCurve

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code, whole
from .reader import Reader

DEFINITION = lead_times.DEFINITION
POINTS = 100
DRAWN, LISTED = 4, 30
SIGNIFICANT = 0.05
FEW_DAYS, DAYS_FROM = 10, 96
"""A median below so many days is counted in hours; a drawing of so many hours or more says days along its axis."""
BY: tuple[By, ...] = ("region", "group", "citizen_group", "organisation")
UNIT_S: dict[TimeUnit, int] = {"days": 86_400, "hours": 3_600}


def compute(engine: Engine, selection: Selection) -> Result:
    """All cases, and per dimension that the log has. In hours when whole days would say too little."""
    return _result(partial(lead_times.compute, engine, selection), engine.log)


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(partial(instant.lead_times, selection), instant.log)


def _result(computed: Callable[..., LeadTimes], log: DescribedLog) -> Result:
    everyone = computed()
    unit: TimeUnit = "hours" if everyone.everyone.median.value < FEW_DAYS else "days"
    if unit == "hours":
        everyone = computed(unit=unit)
    term = log.manifest.mapping.term_days
    groups = {by: _groups(computed(by=by, unit=unit)) for by in BY if len(log.values(dimension_of(by))) > 1}
    return {
        "unit": unit,
        "term": term if term is None or unit == "days" else 24 * term,
        "everyone": _group(everyone.everyone),
        "by": groups,
    }


def _groups(found: LeadTimes) -> dict[str, Any]:
    ordered = sorted(found.groups, key=lambda each: (-each.cases, each.value or ""))
    return {
        "p_value": None if found.comparison is None else found.comparison.p_value,
        "count": len(ordered),
        "groups": [_group(each) for each in ordered[:LISTED]],
    }


def _group(each: GroupLeadTime) -> dict[str, Any]:
    curve = each.curve
    kept = thinned(curve.times, 2 * each.p90.value)
    return {
        "value": each.value,
        "cases": each.cases,
        "open": each.open_cases,
        "median": _interval(each.median),
        "p90": _interval(each.p90),
        "mean": _interval(each.mean),
        "times": curve.times[kept].tolist(),
        "shares": curve.survival[kept].tolist(),
        "low": curve.lower[kept].tolist(),
        "high": curve.upper[kept].tolist(),
    }


def thinned(times: np.ndarray[Any, np.dtype[np.float64]], until: float) -> list[int]:
    """About ``POINTS`` places of a curve, evenly over its time up to ``until``, with the first and the last."""
    if len(times) <= POINTS:
        return list(range(len(times)))
    wanted = np.append(np.linspace(times[0], min(until, times[-1]), POINTS), times[-1])
    places: list[int] = np.unique(np.searchsorted(times, wanted, side="right") - 1).tolist()
    return places


def _interval(found: Interval) -> list[float]:
    return [found.value, found.lower, found.upper]


def figure(result: Result, reader: Reader) -> Figure:
    """The curve of all cases, and of the largest groups of the first dimension that there is."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    everyone = result["everyone"]
    if reader.hides(everyone["cases"]):
        return Figure(about, reader.not_shown())
    if not everyone["cases"]:
        return Figure(about, gettext("There are too few cases in this selection."))
    drawings = [_drawing(result, gettext("Share of cases not yet ended"), [("", everyone)], reader)]
    tables = []
    for by, found in result["by"].items():
        shown = _shown(by, found["groups"], reader)
        if len(shown) > 1:
            title = _titles(reader)[by]
            curves = [(each["value"], each) for each in shown[:DRAWN]]
            drawings.append(_drawing(result, title, curves, reader))
            tables.append(_table(result, by, title, shown, reader))
    return Figure(
        about, _verdict(result, reader), drawings=tuple(drawings), tables=tuple(tables), notes=_notes(result, reader)
    )


def _shown(by: str, groups: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Groups that are not small, and without which no small one follows from the number of all cases."""
    counted = _counted(by, reader)
    unsaid = counted.hidden([each["cases"] for each in groups], total_known=by != "organisation")
    return [each for each, few in zip(groups, unsaid, strict=True) if each["value"] is not None and not few]


def _counted(by: str, reader: Reader) -> Reader:
    """Stays at organisations are counted, of which one case can have several."""
    return reader.of_events if by == "organisation" else reader


def _titles(reader: Reader) -> dict[str, str]:
    gettext = reader.words.gettext
    return {
        "region": gettext("Lead time per region"),
        "group": gettext("Lead time per group"),
        "citizen_group": gettext("Lead time per citizen group"),
        "organisation": gettext("Time that a case stays at an organisation"),
    }


def in_unit(result: Result, reader: Reader) -> Callable[[float | None], str]:
    """Writes a time in the unit of the result; a dash where so many have not ended."""
    if result["unit"] == "days":
        return reader.words.days
    return lambda value: reader.seconds(None if value is None else value * UNIT_S["hours"])


def _verdict(result: Result, reader: Reader) -> str:
    said, everyone = in_unit(result, reader), result["everyone"]
    median, p90 = everyone["median"], everyone["p90"]
    if not reader.says_tail(everyone["cases"]):
        p90 = [None] * 3
    gettext = reader.words.gettext
    if median[0] is None:
        return gettext("Less than half of the %(cases)s cases have ended.", cases=reader.count(everyone["cases"]))
    terms = {"median": said(median[0]), "low": said(median[1]), "high": said(median[2]), "p90": said(p90[0])}
    if p90[0] is None:
        return gettext("Half of the cases end within %(median)s (95%% interval: %(low)s to %(high)s).", **terms)
    return gettext(
        "Half of the cases end within %(median)s (95%% interval: %(low)s to %(high)s), and nine out of ten within "
        "%(p90)s.",
        **terms,
    )


def _drawing(result: Result, title: str, curves: list[tuple[str, dict[str, Any]]], reader: Reader) -> StepCurve:
    gettext, words = reader.words.gettext, reader.words
    last = drawn_until([each for _label, each in curves])
    in_days = result["unit"] == "days" or last >= DAYS_FROM
    scale = 1 / 24 if result["unit"] == "hours" and in_days else 1.0
    return StepCurve(
        title,
        [_curve(label, each, last, scale, reader) for label, each in curves],
        gettext("Days") if in_days else gettext("Hours"),
        gettext("Not yet ended"),
        gettext("95% interval"),
        limit=None if result["term"] is None else result["term"] * scale,
        limit_name=gettext("term") if result["term"] is not None else "",
        number=words.plain_short,
        share=words.share,
    )


def drawn_until(curves: list[dict[str, Any]]) -> float:
    """Twice the time in which nine out of ten end: the few last cases would press all others into a corner."""
    ends = [each["times"][-1] if each["p90"][0] is None else 2 * each["p90"][0] for each in curves]
    return float(max(ends))


def _curve(label: str, each: dict[str, Any], last: float, scale: float, reader: Reader) -> Curve:
    """Up to where so few are left that each step is one person's, for who may not see cases."""
    least = reader.minimum / each["cases"] if reader.is_limited else 0.0
    known = [i for i, low in enumerate(each["low"]) if low is not None and each["high"][i] is not None]
    known = [i for i in known if each["times"][i] <= last and each["shares"][i] >= least]
    start = [] if each["times"] and each["times"][0] == 0 else [(0.0, 1.0, 1.0, 1.0)]
    points = [*start, *((each["times"][i], each["shares"][i], each["low"][i], each["high"][i]) for i in known)]
    times, shares, low, high = (list(column) for column in zip(*points, strict=True)) if points else ([], [], [], [])
    return Curve(label, [time * scale for time in times], shares, low, high)


def _table(result: Result, by: str, title: str, shown: list[dict[str, Any]], reader: Reader) -> Table:
    gettext, said, counted = reader.words.gettext, in_unit(result, reader), _counted(by, reader)
    open_unsaid = _open_unsaid(by, result["by"][by]["groups"], counted)
    rows = tuple(
        Row(
            (
                each["value"],
                reader.count(each["cases"]),
                counted.unsaid() if each["value"] in open_unsaid else reader.count(each["open"]),
                said(each["median"][0]),
                between(said, each["median"], reader),
                said(each["p90"][0] if counted.says_tail(each["cases"]) else None),
            ),
            (("by", by), ("value", each["value"])),
        )
        for each in shown
    )
    heads = (
        gettext("Name"),
        gettext("Stays") if by == "organisation" else gettext("Cases"),
        gettext("Open"),
        gettext("Median"),
        gettext("95% interval"),
        gettext("90% within"),
    )
    return Table(title, reader.heads(*heads), rows, reader.left_out(result["by"][by]["count"] - len(shown)))


def _open_unsaid(by: str, groups: list[dict[str, Any]], reader: Reader) -> set[str | None]:
    """The groups of which the number of open cases, or that of ended ones, is small or gives a small one away."""
    known = by != "organisation"
    still = reader.hidden([each["open"] for each in groups], total_known=known)
    ended = reader.hidden([each["cases"] - each["open"] for each in groups], total_known=known)
    return {each["value"] for each, *few in zip(groups, still, ended, strict=True) if any(few)}


def between(said: Callable[[float | None], str], interval: list[float | None], reader: Reader) -> str:
    """The two ends of an interval; one end may not be known."""
    if interval[0] is None:
        return said(None)
    if interval[2] is None:
        return reader.words.gettext("%(time)s or more", time=said(interval[1]))
    return reader.words.gettext("%(low)s to %(high)s", low=said(interval[1]), high=said(interval[2]))


def _notes(result: Result, reader: Reader) -> tuple[str, ...]:
    gettext = reader.words.gettext
    found = []
    names = {"region": gettext("regions"), "group": gettext("groups"), "citizen_group": gettext("citizen groups")}
    for by, each in result["by"].items():
        p_value = each["p_value"]
        if p_value is None or by not in names:
            continue
        terms = {"names": names[by], "p": reader.words.p_value(p_value)}
        if p_value < SIGNIFICANT:
            found.append(
                gettext("Between %(names)s the lead time differs more than chance explains (p %(p)s).", **terms)
            )
        else:
            found.append(gettext("Between %(names)s no difference in lead time is shown (p %(p)s).", **terms))
    if "organisation" in result["by"]:
        found += reader.events_note()
    return tuple(found)


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases of a group (``by`` and ``value``) that took at least so many days (``at_least``), or all."""
    by = next((each for each in BY if each == arguments.get("by")), None)
    chosen = None if by is None else code(log, _dimension(by), arguments, "value")
    at = cut_off(log)
    if by is None or chosen is None:
        return lead_times.cases_behind(selection, at_least=whole(arguments, "at_least") or 0, cut_off_us=at)
    return lead_times.cases_behind(
        selection, by=by, code=chosen, at_least=whole(arguments, "at_least") or 0, cut_off_us=at
    )


def _dimension(by: By) -> Dimension:
    return dimension_of(by)


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
