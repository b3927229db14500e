"""Hand-overs that were sent and did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import lost_hand_overs
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Interval, Intervals

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code, whole
from .reader import Reader

DEFINITION = lost_hand_overs.DEFINITION
KEPT, DRAWN = 100, 12


def compute(engine: Engine, selection: Selection) -> Result:
    """Per pair of organisations."""
    found = lost_hand_overs.compute(engine, selection)
    return {
        "judged": sum(each.judged for each in found),
        "lost": sum(each.lost for each in found),
        "pairs": [asdict(each) for each in found[:KEPT]],
        "all_pairs": len(found),
        "cut_off_us": engine.log.manifest.cut_off_us,
    }


def figure(result: Result, reader: Reader) -> Figure:
    """The share lost per pair with its interval, and a table."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    if not result["judged"]:
        return Figure(about, gettext("No hand-over of this selection was sent long enough ago to be judged."))
    limited, reader = reader, reader.of_events
    if reader.hides(result["judged"]):
        return Figure(about, reader.not_shown())
    shown = [each for each in result["pairs"] if each["judged"] and not reader.hides(each["judged"])]
    unsaid = _hidden(result, reader)
    verdict = gettext(
        "Of %(judged)s hand-overs that had time enough to arrive, %(lost)s did not arrive.",
        judged=reader.count(result["judged"]),
        lost=said_of(result, reader),
    )
    drawn = [each for each in shown if not unsaid[_pair(each)]][:DRAWN]
    drawing = Intervals(
        gettext("Share of hand-overs lost"),
        [
            Interval(f"{each['organisation']} → {each['sent_to']}", each["lost_share"], each["lower"], each["upper"])
            for each in drawn
        ],
        gettext("Share lost"),
        gettext("95% interval"),
        reference=None if hides_lost(result, reader) else result["lost"] / result["judged"],
        reference_name=gettext("All together"),
        number=words.fine_share,
    )
    return Figure(
        about,
        verdict,
        drawings=(drawing,) if drawn else (),
        tables=(_table(result, shown, unsaid, reader),),
        notes=limited.events_note(),
    )


def hides_lost(each: Mapping[str, Any], reader: Reader) -> bool:
    """Whether those lost, or those that arrived, are few."""
    return reader.hides(each["judged"]) or reader.hides(each["lost"]) or reader.hides(each["judged"] - each["lost"])


def said_of(each: Mapping[str, Any], reader: Reader) -> str:
    """Those lost with their share, or that it is not shown."""
    return reader.unsaid() if hides_lost(each, reader) else reader.part(each["lost"], each["judged"])


def said_number(each: Mapping[str, Any], reader: Reader) -> str:
    """The number lost, or that it is not shown."""
    return reader.unsaid() if hides_lost(each, reader) else reader.count(each["lost"])


def _pair(each: dict[str, Any]) -> tuple[str, str]:
    return each["organisation"], each["sent_to"]


def _hidden(result: Result, reader: Reader) -> dict[tuple[str, str], bool]:
    """Per pair whether its parts are hidden: no sum may give a small one back."""
    pairs = result["pairs"]
    lost = reader.hidden([each["lost"] for each in pairs])
    arrived = reader.hidden([each["judged"] - each["lost"] for each in pairs])
    waiting = [reader.hides(each["not_yet_judged"]) for each in pairs]
    return {
        _pair(each): wait or gone or came for each, wait, gone, came in zip(pairs, waiting, lost, arrived, strict=True)
    }


def _table(result: Result, shown: list[dict[str, Any]], unsaid: dict[tuple[str, str], bool], reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = tuple(
        Row(
            (
                each["organisation"],
                each["sent_to"],
                reader.count(each["sent"]),
                reader.unsaid() if unsaid[_pair(each)] else reader.count(each["not_yet_judged"]),
                reader.unsaid() if unsaid[_pair(each)] else reader.part(each["lost"], each["judged"]),
                reader.seconds(each["allowance_hours"] * 3600),
            ),
            _behind(each),
        )
        for each in shown
    )
    heads = (
        gettext("From"),
        gettext("To"),
        gettext("Sent"),
        gettext("Not yet judged"),
        gettext("Lost"),
        gettext("Time enough"),
    )
    left_out = reader.left_out(result["all_pairs"] - len(shown))
    return Table(gettext("Sent and not arrived"), reader.heads(*heads, numeric_from=2), rows, left_out)


def _behind(each: dict[str, Any]) -> tuple[tuple[str, str], ...] | None:
    if not each["lost"]:
        return None
    hours = ("allowance_hours", str(each["allowance_hours"]))
    return ("giver", each["organisation"]), ("receiver", each["sent_to"]), hours


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases lost between two organisations, or all that were sent on."""
    giver, receiver = (code(log, "organisation", arguments, name) for name in ("giver", "receiver"))
    hours = whole(arguments, "allowance_hours")
    if giver is None or receiver is None or hours is None:
        stays = selection.stays()
        return stays.filter(stays.sent_to.notnull()).select("case_no").distinct()
    return lost_hand_overs.cases_behind(selection, giver, receiver, hours, log.manifest.cut_off_us)


METRIC = Metric(DEFINITION, compute, figure, cases, needs=("organisation", "sending"))
