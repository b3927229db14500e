"""What arrives at each organisation against what it put out."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import load
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Bar, Bars

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = load.DEFINITION
LISTED = 20
FULL = 100.0


def compute(engine: Engine, selection: Selection) -> Result:
    """Per organisation the whole weeks together."""
    found = load.compute(engine, selection)
    return {
        "count": len(found),
        "organisations": [
            {
                "organisation": each.organisation,
                "weeks": len(each.arrived),
                "arrived": int(each.arrived.sum()),
                "left": int(each.left.sum()),
                "basis": each.basis,
                "capacity_per_week": each.capacity_per_week,
                "mean_load": each.mean_load,
            }
            for each in found[:LISTED]
        ],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """Bars of the mean load with the line at which a list grows, and a table."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    limited, reader = reader, reader.of_events
    few = [each for each in result["organisations"] if reader.hides(each["arrived"]) or reader.hides(each["left"])]
    shown = [each for each in result["organisations"] if each not in few]
    known = [each for each in shown if each["mean_load"] is not None]
    if few and not known:
        return Figure(about, reader.not_shown())
    if not known:
        return Figure(about, gettext("There are too few whole weeks in this selection."))
    bars = [
        Bar(
            each["organisation"],
            FULL * each["mean_load"],
            limit=FULL,
            tone="negative" if each["mean_load"] > 1 else "",
            note=gettext("%(number)s cases a week at most", number=words.number(each["capacity_per_week"], 1)),
        )
        for each in known
    ]
    drawing = Bars(
        gettext("Mean load per organisation"),
        bars,
        limit_name=gettext("as much comes in as can go out"),
        number=lambda value: words.share(value / FULL),
    )
    rows = tuple(
        Row(
            (
                each["organisation"],
                reader.count(each["arrived"]),
                reader.count(each["left"]),
                words.number(each["capacity_per_week"], 1),
                words.share(each["mean_load"]),
            ),
            (("organisation", each["organisation"]),),
        )
        for each in shown
    )
    heads = (
        gettext("Organisation"),
        gettext("Came in"),
        gettext("Left"),
        gettext("Capacity per week"),
        gettext("Load"),
    )
    table = Table(
        gettext("Whole weeks together"), reader.heads(*heads), rows, reader.left_out(result["count"] - len(shown))
    )
    return Figure(about, _verdict(known, reader), drawings=(drawing,), tables=(table,), notes=limited.events_note())


def _verdict(known: list[dict[str, Any]], reader: Reader) -> str:
    gettext = reader.words.gettext
    over = [each["organisation"] for each in known if each["mean_load"] > 1]
    if over:
        return gettext("More comes in than can go out at: %(names)s.", names=reader.words.either(over))
    highest = known[0]
    terms = {"name": highest["organisation"], "share": reader.words.share(highest["mean_load"])}
    return gettext("The load is highest at %(name)s: %(share)s of what can go out comes in.", **terms)


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases that arrived at an organisation, or all that were at one."""
    organisation = code(log, "organisation", arguments, "organisation")
    if organisation is None:
        return selection.stays().select("case_no").distinct()
    manifest = log.manifest
    return load.cases_behind(selection, organisation, manifest.first_us, max(manifest.last_us, manifest.cut_off_us) + 1)


METRIC = Metric(DEFINITION, compute, figure, cases, needs=("organisation",))
