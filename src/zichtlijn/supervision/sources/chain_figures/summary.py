"""How much there is: cases, events, open cases, and the time that the registration covers."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric
from .reader import Reader

DEFINITION = Definition(
    name="summary",
    title=gettext_noop("What is in the registration"),
    text=gettext_noop(
        "Counts the cases of the selection and their events. A case is open when the activity that closes it is not "
        "in the registration at the cut-off; without such activities every case counts as closed at its last event."
    ),
    unit="cases",
    source="ours",
)


def totals(selection: Selection) -> ir.Table:
    """Per closed or open: cases, events, hand-overs, first start and last event."""
    return (
        selection.cases()
        .group_by("closed")
        .agg(
            cases=_.count(),
            events=_.events.sum(),
            hand_overs=_.hand_overs.sum(),
            first_us=_.start_us.min(),
            last_us=_.end_us.max(),
        )
    )


def compute(engine: Engine, selection: Selection) -> Result:
    """Whole numbers; times in microseconds since 1970, None without cases."""
    found = ask(engine, totals(selection))
    is_open = found["closed"] == 0
    any_case = bool(len(found["cases"]))
    return {
        "cases": int(found["cases"].sum()),
        "open": int(found["cases"][is_open].sum()),
        "events": int(found["events"].sum()),
        "hand_overs": int(found["hand_overs"].sum()),
        "first_us": int(found["first_us"].min()) if any_case else None,
        "last_us": int(found["last_us"].max()) if any_case else None,
        "cut_off_us": engine.log.manifest.cut_off_us,
        "time_zone": engine.log.manifest.mapping.time_zone,
        "knows_open": bool(engine.log.manifest.mapping.end_activities),
        "knows_organisations": bool(engine.log.values("organisation")),
    }


def said_open(result: Result, reader: Reader) -> str:
    """The number of open cases, unless few are open or few are closed."""
    return (
        reader.unsaid()
        if any(reader.hidden([result["open"], result["cases"] - result["open"]]))
        else (reader.count(result["open"]))
    )


def rows(result: Result, reader: Reader) -> list[tuple[str, str, dict[str, str] | None]]:
    """Pairs of label and value, with what leads to the cases behind them."""
    gettext, zone = reader.words.gettext, result["time_zone"]
    if reader.hides(result["cases"]):
        return [(gettext("Cases"), reader.count(result["cases"]), {})]
    found: list[tuple[str, str, dict[str, str] | None]] = [
        (gettext("Cases"), reader.count(result["cases"]), {}),
        (gettext("Events"), reader.count(result["events"]), None),
    ]
    if result["knows_open"]:
        found.append((gettext("Open at the cut-off"), said_open(result, reader), {"open": "1"}))
    if result["knows_organisations"]:
        found.append((gettext("Hand-overs between organisations"), reader.of_events.count(result["hand_overs"]), None))
    if result["first_us"] is not None:
        first, last = (reader.words.day_of(result[name], zone) for name in ("first_us", "last_us"))
        found += [(gettext("First case started"), first, None), (gettext("Last event"), last, None)]
    found.append((gettext("Complete until"), reader.words.moment(result["cut_off_us"], zone), None))
    return found


def figure(result: Result, reader: Reader) -> Figure:
    """A table of two columns."""
    about = reader.about(DEFINITION)
    lines = tuple(
        Row((label, value), None if behind is None else tuple(behind.items()))
        for label, value, behind in rows(result, reader)
    )
    gettext = reader.words.gettext
    return Figure(about, tables=(Table(about.title, reader.heads(gettext("What"), gettext("Value")), lines),))


def cases(_log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """All cases, or the open ones."""
    found = selection.cases()
    if arguments.get("open") == "1":
        found = found.filter(~found.closed)
    return found.select("case_no")


METRIC = Metric(DEFINITION, compute, figure, cases)
