"""Waiting lists per organisation over time: level, inflow and outflow, age, and what the list asks for."""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import date
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import waiting_lists
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import LocalDays, date_of, day_number
from zichtlijn.analysis.chains.open_cases import cut_off
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.trends import of_waiting_list
from zichtlijn.analysis.chains.waiting_lists import WaitingList
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Line, TimeSeries

from .figure import Figure, Result, Row, Table
from .metric import UNKNOWN_VALUE, Arguments, Metric, code
from .reader import Reader
from .trends import series_json, turning_points
from .trends import verdict as trend_words

DEFINITION = waiting_lists.DEFINITION
MOST_POINTS = 110
DRAWN, LISTED = 3, 20


def compute(engine: Engine, selection: Selection) -> Result:
    """Per organisation, the longest list first: at points in time, and how it stands at the cut-off."""
    found = waiting_lists.compute(engine, selection)
    totals = sorted(found.totals, key=lambda each: (-int(each.level[-1]) if len(each.level) else 0, each.organisation))
    regions = sorted(
        (each for each in found.lists if not each.is_total and each.region is not None and len(each.level)),
        key=lambda each: (-int(each.level[-1]), each.organisation, each.region or ""),
    )
    step = max(1, -(-len(found.days) // MOST_POINTS))
    step = 1 if step == 1 else 7 * -(-step // 7)
    return {
        "step_days": step,
        "lists": [_list(each, step, found.term_days) for each in totals[:LISTED]],
        "count": len(totals),
        "regions": [_state(each, found.term_days) for each in regions[:LISTED]],
        "all_regions": len(regions),
    }


def _list(each: WaitingList, step: int, term_days: int | None) -> dict[str, Any]:
    last = len(each.days) - 1
    places = sorted(range(last, -1, -step))
    return _state(each, term_days) | {
        "days": [date_of(each.days[i]).isoformat() for i in places],
        "levels": each.level[places].tolist(),
        **{
            f"trend_{found.figure}": series_json(found) | {"weeks": [], "values": []} for found in of_waiting_list(each)
        },
        "median_ages": each.median_age[places].tolist(),
        "p90_ages": each.p90_age[places].tolist(),
        "inflow": [int(each.inflow[max(0, i - step + 1) : i + 1].sum()) for i in places],
        "outflow": [int(each.outflow[max(0, i - step + 1) : i + 1].sum()) for i in places],
    }


def _state(each: WaitingList, term_days: int | None) -> dict[str, Any]:
    last = {name: float(getattr(each, name)[-1]) for name in ("mean_age", "median_age", "p90_age", "oldest_age")}
    backlog = asdict(each.backlog(term_days)) if term_days and int(each.level[-1]) else None
    return {
        "organisation": each.organisation,
        "region": each.region,
        "level": int(each.level[-1]),
        **last,
        "backlog": backlog,
    }


def figure(result: Result, reader: Reader) -> Figure:
    """The longest lists over time, and a table of all."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    waiting = [each for each in result["lists"] if each["level"]]
    lists = [each for each in waiting if not reader.hides(each["level"])]
    if waiting and not lists:
        return Figure(about, reader.not_shown())
    if not lists:
        return Figure(about, gettext("At the cut-off nobody waits at an organisation of this selection."))
    longest = lists[0]
    verdict = gettext(
        "The longest list is that of %(organisation)s: %(level)s cases wait there, half of them for %(age)s or longer.",
        organisation=longest["organisation"],
        level=reader.count(longest["level"]),
        age=reader.words.days(longest["median_age"]),
    )
    drawings = tuple(_drawing(each, result["step_days"], reader) for each in lists[:DRAWN])
    tables = [_table(gettext("Waiting lists at the cut-off"), lists, result["count"], reader)]
    regions = _regions(result["regions"], reader)
    if regions:
        caption = gettext("The longest lists of a region")
        tables.append(_table(caption, regions, result["all_regions"], reader, with_region=True))
    return Figure(about, verdict, drawings=drawings, tables=tuple(tables), wide=True)


def _regions(states: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Those of which cases wait; of an organisation so many that its list does not give a small one back."""
    places: dict[str, list[int]] = {}
    for place, each in enumerate(states):
        places.setdefault(each["organisation"], []).append(place)
    unsaid: set[int] = set()
    for own in places.values():
        marks = reader.hidden([states[place]["level"] for place in own])
        unsaid |= {place for place, mark in zip(own, marks, strict=True) if mark}
    return [each for place, each in enumerate(states) if each["level"] and place not in unsaid]


def _drawing(each: dict[str, Any], step: int, reader: Reader) -> TimeSeries:
    words, gettext = reader.words, reader.words.gettext
    flows = {1: gettext("came in that day"), 7: gettext("came in that week")}
    out = {1: gettext("left that day"), 7: gettext("left that week")}
    number = {"days": words.number(step)}
    unsaid = reader.hidden_together([each["inflow"], each["outflow"]], [each["levels"]])

    def drawn(counts: list[int]) -> list[float | None]:
        return [None if few else count for count, few in zip(counts, unsaid, strict=True)]

    return TimeSeries(
        gettext("Waiting list of %(organisation)s", organisation=each["organisation"]),
        [date.fromisoformat(day) for day in each["days"]],
        [
            Line(gettext("waiting"), drawn(each["levels"])),
            Line(flows.get(step) or gettext("came in in %(days)s days", **number), drawn(each["inflow"])),
            Line(out.get(step) or gettext("left in %(days)s days", **number), drawn(each["outflow"])),
        ],
        gettext("Day"),
        gettext("Cases"),
        turning_points(each["trend_level"], reader),
        number=reader.count,
        show_date=words.day,
        show_month=words.month,
    )


def _table(
    caption: str, lists: list[dict[str, Any]], count: int, reader: Reader, *, with_region: bool = False
) -> Table:
    gettext = reader.words.gettext
    with_backlog = any(each["backlog"] for each in lists)
    heads = [gettext("Organisation"), gettext("Region") if with_region else gettext("Trend"), gettext("Waiting")]
    heads += [gettext("Median age"), gettext("90% waits at most")]
    if not reader.is_limited:  # the longest is the age of one person
        heads.append(gettext("Longest"))
    if with_backlog:
        heads += [gettext("Load"), gettext("Target size"), gettext("Pressure")]
    rows = tuple(Row(tuple(_cells(each, reader, with_region, with_backlog)), _behind(each)) for each in lists)
    return Table(caption, reader.heads(*heads, numeric_from=2), rows, reader.left_out(count - len(lists)))


def _cells(each: dict[str, Any], reader: Reader, with_region: bool, with_backlog: bool) -> list[str]:
    words = reader.words
    ages = [words.days(each["median_age"]), words.days(each["p90_age"] if reader.says_tail(each["level"]) else None)]
    if not reader.is_limited:
        ages.append(words.days(each["oldest_age"]))
    second = each["region"] if with_region else trend_words(each["trend_level"], reader)
    cells = [each["organisation"], second, reader.count(each["level"]), *ages]
    if with_backlog:
        backlog = each["backlog"] or {"load": None, "target_size": None, "pressure": None}
        cells += [
            words.number(backlog["load"], 2),
            words.number(None if backlog["target_size"] is None else math.ceil(backlog["target_size"])),
            words.number(backlog["pressure"], 1),
        ]
    return cells


def _behind(each: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return ("organisation", each["organisation"]), *((("region", each["region"]),) if each["region"] else ())


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases that wait at an organisation (and in a region) on a ``day`` (default: the cut-off)."""
    organisation = code(log, "organisation", arguments, "organisation")
    at = cut_off(log)
    if organisation is None:
        stays = selection.stays()
        return stays.filter(stays.served_us.coalesce(stays.until_us).isnull()).select("case_no").distinct()
    return waiting_lists.cases_behind(
        selection,
        organisation=organisation,
        region=code(log, "region", arguments, "region"),
        waiting_at_us=_moment(log, arguments.get("day")) or at,
        cut_off_us=at,
    )


def _moment(log: Prepared, day: str | None) -> int | None:
    """The end of a day."""
    if day is None:
        return None
    try:
        return LocalDays.of(log).start_us(day_number(date.fromisoformat(day)) + 1) - 1
    except (ValueError, OverflowError) as error:
        raise LogError("unknown-value", UNKNOWN_VALUE, value=day, dimension="day") from error


METRIC = Metric(DEFINITION, compute, figure, cases, needs=("organisation",))
