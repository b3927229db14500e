"""What stands out in the chain, with the figures that show it."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import phenomena
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.phenomena import Phenomenon
from zichtlijn.analysis.chains.phenomena.phenomenon import PARTS
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Result, Row, Table
from .metric import UNKNOWN_VALUE, Arguments, Metric
from .reader import Reader

DEFINITION = phenomena.DEFINITION
PLACES = ("organisation", "to_organisation", "region")


def compute(engine: Engine, selection: Selection) -> Result:
    """What was found, and how much was examined."""
    every = phenomena.examine(engine, selection)
    return {
        "examined": len(every),
        "found": [each.as_json() | {"title": each.title, "text": each.text} for each in every if each.found],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """A sentence per phenomenon."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    found = result["found"]
    examined = gettext("%(number)s places were examined.", number=words.number(result["examined"]))
    if not result["examined"]:
        return Figure(about, gettext("There is nothing in this selection that can be examined for phenomena."))
    if not found:
        return Figure(about, gettext("Nothing was found that is stronger than usual."), notes=(examined,))
    one, more = (
        gettext("One phenomenon was found."),
        gettext("%(number)s phenomena were found.", number=words.number(len(found))),
    )
    verdict = one if len(found) == 1 else more
    rows = tuple(
        Row((reader.key(each["title"]), sentence(each, reader), strength(each["strength"], reader)), behind(each))
        for each in found
    )
    table = Table(
        gettext("Phenomena, the strongest first"),
        reader.heads(gettext("Phenomenon"), gettext("What shows it"), gettext("Strength"), numeric_from=3),
        rows,
    )
    return Figure(about, verdict, tables=(table,), notes=(examined,), wide=True)


def sentence(each: dict[str, Any], reader: Reader) -> str:
    """The figures of a phenomenon in words."""
    found = each["evidence"]["numbers"]
    few = any(reader.hides(value) for value in found.values() if isinstance(value, int))
    numbers = {
        name: reader.count(value) if isinstance(value, int) else reader.words.number(None if few else value, 1)
        for name, value in found.items()
    }
    for part, whole in PARTS.items():
        if part in found and reader.hides(found[whole] - found[part]):
            numbers[part] = reader.unsaid()
    text, where = each["text"], each["where"]
    return reader.words.gettext(text, **where, **numbers)


def strength(value: float, reader: Reader) -> str:
    """In words, after Cohen 1988: small from 0.2, medium from 0.5, large from 0.8."""
    gettext = reader.words.gettext
    if value >= 0.8:
        return gettext("large")
    return gettext("medium") if value >= 0.5 else gettext("small")


def behind(each: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What leads to the cases of a phenomenon."""
    places = tuple((name, each["where"][name]) for name in PLACES if each["where"][name] is not None)
    return ("kind", each["kind"]), *places


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases of one phenomenon: its ``kind`` and places. Without a kind all cases."""
    if "kind" not in arguments:
        return selection.cases().select("case_no")
    with Embedded(log) as engine:
        for each in phenomena.examine(engine, selection):
            if _is(each, arguments):
                return each.cases
    raise LogError("unknown-value", UNKNOWN_VALUE, value=arguments["kind"], dimension="kind")


def _is(each: Phenomenon, arguments: Arguments) -> bool:
    return each.kind == arguments["kind"] and all(getattr(each.where, name) == arguments.get(name) for name in PLACES)


METRIC = Metric(DEFINITION, compute, figure, cases)
