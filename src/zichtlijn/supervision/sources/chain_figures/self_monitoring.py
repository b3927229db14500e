"""What organisations state about their own waiting lists, held against the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zichtlijn.analysis.chains import self_monitoring
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.self_monitoring import VERDICTS, Checked
from zichtlijn.analysis.chains.stated_figures import Statement
from zichtlijn.analysis.texts import gettext_noop

from .figure import Figure, Result, Row, Table
from .reader import Reader
from .weeks import day_of

DEFINITION = self_monitoring.DEFINITION
WHAT = {
    "level": gettext_noop("number that waits"),
    "inflow": gettext_noop("number that came in"),
    "outflow": gettext_noop("number that left"),
    "mean-wait": gettext_noop("mean time waited (days)"),
    "longest-wait": gettext_noop("longest time waited (days)"),
}


def compute(engine: Engine, statements: Sequence[Statement]) -> dict[str, Any]:
    """Plain JSON: per statement what was measured and the verdict."""
    return {"checked": [_checked(each) for each in self_monitoring.check(statements, engine)]}


def _checked(each: Checked) -> dict[str, Any]:
    stated = each.statement
    return {
        "on": stated.on.isoformat(),
        "organisation": stated.organisation,
        "region": stated.region,
        "what": stated.what,
        "stated": stated.value,
        "measured": each.measured,
        "verdict": each.verdict,
        "reason": each.reason,
        "params": {name: str(value) for name, value in each.params.items()},
        "source": stated.source,
    }


def figure(result: Result, reader: Reader) -> Figure:
    """How many statements agree, and every one of them."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    checked = result["checked"]
    possible = [each for each in checked if each["verdict"] != "cannot-be-checked"]
    agrees = sum(each["verdict"] == "agrees" for each in possible)
    verdict = gettext(
        "Of %(number)s statements that can be checked, %(agrees)s agree with the log.",
        number=words.number(len(possible)),
        agrees=words.number(agrees),
    )
    rows = tuple(Row(_cells(each, reader)) for each in checked)
    heads = (
        gettext("Organisation"), gettext("What is stated"), gettext("Day"), gettext("Outcome"), gettext("Stated"),
        gettext("Measured"),
    )  # fmt: skip
    table = Table(gettext("Statements held against the log"), reader.heads(*heads, numeric_from=4), rows)
    return Figure(about, verdict, tables=(table,) if rows else (), behind=None)


def _cells(each: dict[str, Any], reader: Reader) -> tuple[str, ...]:
    gettext, words = reader.words.gettext, reader.words
    place = f"{each['organisation']} ({each['region']})" if each["region"] else each["organisation"]
    outcome = reader.key(VERDICTS[each["verdict"]])
    if each["verdict"] == "cannot-be-checked":
        reason = each["reason"]
        outcome = f"{outcome}: {gettext(reason, **each['params'])}"
    measured = None if reader.hides(each["measured"]) and not each["what"].endswith("wait") else each["measured"]
    stated = words.number(each["stated"], 0 if each["stated"] == round(each["stated"]) else 1)
    return (
        place,
        reader.key(WHAT[each["what"]]),
        words.day(day_of(each["on"])),
        outcome,
        stated,
        words.number(measured, 0),
    )
