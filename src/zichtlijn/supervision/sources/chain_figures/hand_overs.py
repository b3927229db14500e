"""Hand-overs between organisations: the chain drawn, and what came back or arrived incomplete."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Result, Row, Table
from .flow_drawing import Way, flow_drawing
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = hand_overs.DEFINITION
KEPT, LISTED = 400, 20


def compute(engine: Engine, selection: Selection) -> Result:
    """The most frequent hand-overs, with the number of required fields."""
    return _result(hand_overs.compute(engine, selection), engine.log)


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.hand_overs(selection), instant.log)


def _result(found: hand_overs.HandOvers, log: DescribedLog) -> Result:
    return {
        "count": found.count,
        "pairs": len(found.hand_overs),
        "required": len(log.manifest.mapping.required),
        "hand_overs": [asdict(each) for each in found.hand_overs[:KEPT]],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """The chain of organisations, and a table."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    pairs = result["hand_overs"]
    if not pairs:
        return Figure(about, gettext("No case of this selection went from one organisation to another."))
    limited, reader = reader, reader.of_events
    if all(reader.hides(each["count"]) for each in pairs):
        return Figure(about, reader.not_shown())
    ways = [
        Way(each["organisation"], each["next_organisation"], each["count"], each["times"]["median_s"]) for each in pairs
    ]
    drawing = flow_drawing(
        reader,
        gettext("Hand-overs between organisations"),
        ways,
        number_name=gettext("Hand-overs"),
        description=gettext(
            "Boxes are organisations. The thickness of a line is the number, its colour the median time."
        ),
    )
    busiest = pairs[0]
    verdict = gettext(
        "There were %(count)s hand-overs; most went from %(giver)s to %(receiver)s (%(number)s, median %(time)s).",
        count=reader.count(result["count"]),
        giver=busiest["organisation"],
        receiver=busiest["next_organisation"],
        number=reader.count(busiest["count"]),
        time=reader.seconds(busiest["times"]["median_s"], busiest["count"]),
    )
    return Figure(
        about, verdict, drawings=(drawing,), tables=(_table(result, reader),), notes=limited.events_note(), wide=True
    )


def _table(result: Result, reader: Reader) -> Table:
    gettext = reader.words.gettext
    sizes = [each["count"] for each in result["hand_overs"]]
    shown = [result["hand_overs"][place] for place in reader.listed(sizes, result["count"], LISTED)]
    with_fields = any(each["judged"] for each in shown)
    heads = [
        gettext("From"),
        gettext("To"),
        gettext("How many"),
        gettext("Median time"),
        gettext("90% within"),
        gettext("Returned"),
    ]
    if with_fields:
        heads.append(gettext("Complete on arrival"))
    rows = tuple(Row(tuple(_cells(each, reader, with_fields=with_fields)), _behind(each)) for each in shown)
    left_out = reader.left_out(result["pairs"] - len(shown))
    return Table(gettext("Hand-overs per pair of organisations"), reader.heads(*heads, numeric_from=2), rows, left_out)


def _cells(each: dict[str, Any], reader: Reader, *, with_fields: bool) -> list[str]:
    times = each["times"]
    cells = [
        each["organisation"],
        each["next_organisation"],
        reader.count(each["count"]),
        reader.seconds(times["median_s"]),
        reader.seconds(times["p90_s"] if reader.says_tail(each["count"]) else None),
        reader.part(each["returned"], each["count"]),
    ]
    if with_fields:
        cells.append(reader.part(each["complete"], each["judged"]) if each["judged"] else reader.count(None))
    return cells


def _behind(each: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return ("giver", each["organisation"]), ("receiver", each["next_organisation"])


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases with a hand-over, between two organisations (``returned`` 1: and straight back) or any."""
    giver, receiver = (code(log, "organisation", arguments, name) for name in ("giver", "receiver"))
    if giver is None or receiver is None:
        found = selection.cases()
        return found.filter(found.hand_overs > 0).select("case_no")
    return hand_overs.cases_behind(selection, giver, receiver, returned=arguments.get("returned") == "1")


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once, needs=("organisation",))
