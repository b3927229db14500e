"""Work that was done again, per activity."""

from __future__ import annotations

import ibis.expr.types as ir

from zichtlijn.analysis.chains import rework
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = rework.DEFINITION
KEPT, LISTED = 50, 10


def compute(engine: Engine, selection: Selection) -> Result:
    """Cases with repeats, and the activities that repeat most."""
    return _result(rework.compute(engine, selection))


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.rework(selection))


def _result(found: rework.Rework) -> Result:
    return {
        "cases": found.cases,
        "cases_with_rework": found.cases_with_rework,
        "repeats": found.repeats,
        "on_the_spot": found.on_the_spot,
        "activities": len(found.per_activity),
        "per_activity": [
            {"activity": each.activity, "cases": each.cases, "on_the_spot": each.on_the_spot, "returns": each.returns}
            for each in found.per_activity[:KEPT]
        ],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """A sentence and a table."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    if not result["cases_with_rework"]:
        return Figure(about, verdict=gettext("In no case an activity was done more than once."))
    some, every = result["cases_with_rework"], result["cases"]
    if reader.hides(some) or reader.hides(every - some):
        return Figure(about, verdict=reader.not_shown())
    verdict = gettext(
        "In %(some)s of %(cases)s cases (%(share)s) something was done more than once.",
        some=reader.count(result["cases_with_rework"]),
        cases=reader.count(result["cases"]),
        share=reader.words.fine_share(some / every),
    )
    shown = [each for each in result["per_activity"] if not reader.hides(each["cases"])][:LISTED]
    rows = tuple(
        Row(
            (
                reader.text(each["activity"]),
                reader.count(each["cases"]),
                reader.of_events.count(each["on_the_spot"]),
                reader.of_events.count(each["returns"]),
            ),
            None if each["activity"] is None else (("activity", each["activity"]),),
        )
        for each in shown
    )
    heads = (gettext("Activity"), gettext("Cases"), gettext("Directly again"), gettext("Returned to"))
    table = Table(
        gettext("What is done again most"),
        reader.heads(*heads),
        rows,
        reader.left_out(result["activities"] - len(shown)),
    )
    return Figure(about, verdict=verdict, tables=(table,) if rows else ())


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases in which something was done again, or a chosen activity."""
    return rework.cases_behind(selection, code(log, "activity", arguments, "activity"))


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
