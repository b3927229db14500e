"""Where the time goes: the steps in which most of the waiting of all cases together is."""

from __future__ import annotations

from dataclasses import asdict

import ibis.expr.types as ir

from zichtlijn.analysis.chains import bottlenecks
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Bar, Bars

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = bottlenecks.DEFINITION
KEPT, LISTED = 50, 10


def compute(engine: Engine, selection: Selection) -> Result:
    """The steps with most time, between activities and between organisations, and where open cases stand."""
    found = bottlenecks.compute(engine, selection)
    return {
        "days": found.days,
        "activities": [asdict(each) for each in found.activities[:KEPT]],
        "organisations": [asdict(each) for each in found.organisations[:KEPT]],
        "standing": [asdict(each) for each in found.standing[:KEPT]],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """Bars of the heaviest steps, and where open cases stand still."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    steps = [each for each in result["activities"] if not reader.of_events.hides(each["count"])][:LISTED]
    if result["activities"] and not steps:
        return Figure(about, reader.of_events.not_shown())
    if not steps:
        return Figure(about, gettext("No case has more than one event."))
    bars = [
        Bar(
            f"{reader.text(each['place'])} → {reader.text(each['following'])}",
            100 * each["share"],
            note=gettext("%(number)s times", number=reader.count(each["count"])),
        )
        for each in steps
    ]
    drawing = Bars(
        gettext("Share of all time between events"),
        bars,
        number=lambda value: words.fine_share(value / 100),
    )
    verdict = gettext(
        "%(share)s of the time between events lies between %(from_)s and %(to)s.",
        share=words.fine_share(steps[0]["share"]),
        from_=reader.text(steps[0]["place"]),
        to=reader.text(steps[0]["following"]),
    )
    tables = tuple(table for table in (_organisations(result, reader), _standing(result, reader)) if table.rows)
    return Figure(about, verdict, drawings=(drawing,), tables=tables, notes=reader.events_note())


def _organisations(result: Result, reader: Reader) -> Table:
    gettext = reader.words.gettext
    shown = [each for each in result["organisations"] if not reader.of_events.hides(each["count"])][:LISTED]
    rows = tuple(
        Row(
            (
                reader.text(each["place"]),
                gettext("within")
                if each["place"] == each["following"]
                else gettext("to %(name)s", name=reader.text(each["following"])),
                reader.count(each["count"]),
                reader.seconds(each["days"] * 86400 / each["count"]),
                reader.words.fine_share(each["share"]),
            )
        )
        for each in shown
    )
    heads = (
        gettext("Organisation"),
        gettext("Until"),
        gettext("Times"),
        gettext("Mean time"),
        gettext("Share of all time"),
    )
    return Table(gettext("Time per organisation"), reader.heads(*heads, numeric_from=2), rows)


def _standing(result: Result, reader: Reader) -> Table:
    gettext = reader.words.gettext
    sizes = [each["cases"] for each in result["standing"]]
    shown = [result["standing"][place] for place in reader.listed(sizes, sum(sizes), LISTED)]
    rows = tuple(
        Row(
            (
                reader.text(each["activity"]),
                reader.count(each["cases"]),
                reader.seconds(each["days"] * 86400 / each["cases"]),
            ),
            None if each["activity"] is None else (("activity", each["activity"]),),
        )
        for each in shown
    )
    heads = (gettext("Last activity"), gettext("Open cases"), gettext("Mean time since"))
    return Table(gettext("Where open cases stand"), reader.heads(*heads), rows)


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The open cases that stand after an activity, or all cases."""
    activity = code(log, "activity", arguments, "activity")
    return selection.cases().select("case_no") if activity is None else bottlenecks.cases_standing(selection, activity)


METRIC = Metric(DEFINITION, compute, figure, cases)
