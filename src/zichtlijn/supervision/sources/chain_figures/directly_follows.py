"""What follows what: the steps of the chain as a drawing and a table."""

from __future__ import annotations

from dataclasses import asdict

import ibis.expr.types as ir

from zichtlijn.analysis.chains import directly_follows
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Result, Row, Table
from .flow_drawing import Way, flow_drawing
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = directly_follows.DEFINITION
KEPT, LISTED = 400, 30


def compute(engine: Engine, selection: Selection) -> Result:
    """The most frequent steps, with starts and ends."""
    return _result(directly_follows.compute(engine, selection))


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.directly_follows(selection))


def _result(found: directly_follows.DirectlyFollows) -> Result:
    return {
        "steps": [
            {"from": s.activity, "to": s.next_activity, "count": s.count, **(asdict(s.times) if s.times else {})}
            for s in found.steps[:KEPT]
        ],
        "all_steps": len(found.steps),
        "all_counts": sum(step.count for step in found.steps),
        "starts": [list(each) for each in found.starts[:KEPT]],
        "ends": [list(each) for each in found.ends[:KEPT]],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """The graph of activities, and its most frequent steps."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    steps = result["steps"]
    if not steps:
        return Figure(about, verdict=gettext("No case has more than one event."))
    reader = reader.of_events
    if all(reader.hides(step["count"]) for step in steps):
        return Figure(about, verdict=reader.not_shown())
    ways = [Way(reader.text(s["from"]), reader.text(s["to"]), s["count"], s.get("median_s")) for s in steps]
    first = reader.text(result["starts"][0][0]) if result["starts"] else None
    drawing = flow_drawing(reader, gettext("Steps between activities"), ways, number_name=gettext("Times"), first=first)
    return Figure(about, drawings=(drawing,), tables=(_table(result, reader),), wide=True)


def _table(result: Result, reader: Reader) -> Table:
    gettext = reader.words.gettext
    sizes = [step["count"] for step in result["steps"]]
    shown = [result["steps"][place] for place in reader.listed(sizes, result["all_counts"], LISTED)]
    rows = tuple(
        Row(
            (
                reader.text(step["from"]),
                reader.text(step["to"]),
                reader.count(step["count"]),
                reader.seconds(step.get("mean_s")),
                reader.seconds(step.get("median_s")),
                reader.seconds(step.get("p90_s") if reader.says_tail(step["count"]) else None),
            ),
            _behind(step),
        )
        for step in shown
    )
    heads = (
        gettext("From"),
        gettext("To"),
        gettext("Times"),
        gettext("Mean"),
        gettext("Median"),
        gettext("90% within"),
    )
    return Table(
        gettext("Most frequent steps"),
        reader.heads(*heads, numeric_from=2),
        rows,
        reader.left_out(result["all_steps"] - len(shown)),
    )


def _behind(step: dict[str, str | None]) -> tuple[tuple[str, str], ...] | None:
    if step["from"] is None or step["to"] is None:
        return None
    return ("from_activity", step["from"]), ("to_activity", step["to"])


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases with a step, or all of them."""
    before, after = code(log, "activity", arguments, "from_activity"), code(log, "activity", arguments, "to_activity")
    if before is None or after is None:
        return selection.cases().select("case_no")
    return directly_follows.cases_behind(selection, before, after)


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
