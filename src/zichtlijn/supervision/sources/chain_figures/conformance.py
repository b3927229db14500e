"""Cases held against the agreed chain: who deviates, and how."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zichtlijn.analysis.chains import conformance
from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.conformance import Kind
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Bar, Bars

from .figure import Figure, Result, Row, Table
from .reader import Reader

DEFINITION = conformance.DEFINITION
LISTED = 30
KINDS: dict[Kind, str] = {
    "not_agreed": gettext_noop("A hand-over that is not agreed"),
    "late": gettext_noop("A hand-over after its term"),
    "overdue": gettext_noop("Waits longer than every agreed term"),
    "skipped": gettext_noop("A step was skipped"),
    "wrong_order": gettext_noop("Steps in another order"),
}


def compute(engine: Engine, model: ChainModel, selection: Selection) -> dict[str, Any]:
    """Plain JSON. Raises LogError when the log cannot be held against the model."""
    found = conformance.compute(engine, model, selection)
    return {
        "model": model.name,
        "cases": found.cases,
        "judged": found.judged,
        "conforming": found.conforming,
        "deviating": dict(found.deviating),
        "hand_overs": [asdict(each) for each in found.hand_overs],
        "steps": [asdict(each) for each in found.steps],
        "not_in_log": list(found.not_in_log),
    }


def figure(result: Result, reader: Reader) -> Figure:
    """How many conform, bars of what deviates, and where."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    notes = []
    if result["not_in_log"]:
        names = reader.words.either(list(result["not_in_log"]))
        notes.append(gettext("In the agreed chain, and not in the registration: %(names)s.", names=names))
    if not result["judged"]:
        return Figure(about, gettext("No case can be held against the agreed chain."), notes=tuple(notes), behind=None)
    verdict = gettext(
        "Of %(judged)s cases, %(conforming)s went as agreed in “%(name)s”.",
        judged=reader.count(result["judged"]),
        conforming=reader.part(result["conforming"], result["judged"]),
        name=result["model"],
    )
    bars = [Bar(reader.key(said), reader.drawn(result["deviating"][kind])) for kind, said in KINDS.items()]
    drawing = Bars(gettext("Cases that deviate"), bars, gettext("cases"), number=reader.count)
    tables = tuple(table for table in (_hand_overs(result, reader), _steps(result, reader)) if table.rows)
    return Figure(about, verdict, drawings=(drawing,), tables=tables, notes=tuple(notes), behind=None)


def _hand_overs(result: Result, reader: Reader) -> Table:
    gettext, words = reader.words.gettext, reader.words
    found = [each for each in result["hand_overs"] if not each["is_agreed"] or each["within_days"] is not None]
    shown = [each for each in found if not reader.hides(each["count"])][:LISTED]
    rows = tuple(
        Row(
            (
                each["organisation"],
                each["next_organisation"],
                gettext("yes") if each["is_agreed"] else gettext("no"),
                words.days(each["within_days"]),
                reader.count(each["count"]),
                reader.part(each["late"], each["count"]) if each["within_days"] is not None else reader.count(None),
            )
        )
        for each in shown
    )
    heads = (
        gettext("From"), gettext("To"), gettext("Agreed"), gettext("Term"), gettext("How many"), gettext("Too late"),
    )  # fmt: skip
    left_out = reader.left_out(len(found) - len(shown))
    return Table(gettext("Hand-overs held against the agreement"), reader.heads(*heads, numeric_from=3), rows, left_out)


def _steps(result: Result, reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = tuple(
        Row((each["step"], reader.count(each["skipped"]), reader.count(each["wrong_order"])))
        for each in result["steps"]
    )
    heads = (gettext("Step"), gettext("Skipped"), gettext("In another order"))
    return Table(gettext("Steps in the agreed order"), reader.heads(*heads), rows)
