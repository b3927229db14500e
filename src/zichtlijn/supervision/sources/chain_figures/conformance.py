"""Cases held against the agreed chain: who deviates, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import conformance
from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.conformance import CodedModel, Conformance, Kind
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Bar, Bars

from ..chain_words import Words
from .figure import Figure, Result, Row, Table
from .metric import UNKNOWN_VALUE, Arguments, code, whole
from .reader import Reader
from .rough_counts import RoughCounts

DEFINITION = conformance.DEFINITION
LISTED = 30
KINDS: dict[Kind, str] = {
    "not_agreed": gettext_noop("A hand-over that is not agreed"),
    "late": gettext_noop("A hand-over after its term"),
    "overdue": gettext_noop("Waits longer than every agreed term"),
    "skipped": gettext_noop("A step was skipped"),
    "wrong_order": gettext_noop("Steps in another order"),
}
OF_A_STEP: tuple[Kind, ...] = ("skipped", "wrong_order")
read = ChainModel.from_json


def compute(engine: Engine, model: ChainModel, selection: Selection) -> dict[str, Any]:
    """Plain JSON. Raises LogError when the log cannot be held against the model."""
    found = conformance.compute(engine, model, selection)
    return {
        "model": model.name,
        "cases": found.cases,
        "judged": found.judged,
        "conforming": found.conforming,
        "kinds": _possible(model),
        "deviating": dict(found.deviating),
        "hand_overs": [asdict(each) for each in found.hand_overs] + _never_seen(model, found),
        "steps": [asdict(each) for each in found.steps],
        "may_be_skipped": list(model.may_be_skipped),
        "not_in_log": list(found.not_in_log),
    }


def _possible(model: ChainModel) -> list[Kind]:
    """The ways in which a case can deviate from this model at all."""
    terms = [each for each in model.hand_overs if each.within_days is not None]
    can: dict[Kind, bool] = {
        "not_agreed": bool(model.hand_overs),
        "late": bool(terms),
        "overdue": any(each.counted_from == "arrival" for each in terms),
        "skipped": bool(set(model.steps[:-1]) - set(model.may_be_skipped)),
        "wrong_order": len(model.steps) > 1,
    }
    return [kind for kind in KINDS if can[kind]]


def _never_seen(model: ChainModel, found: Conformance) -> list[dict[str, Any]]:
    seen = {(each.organisation, each.next_organisation) for each in found.hand_overs}
    return [
        {
            "organisation": each.sender,
            "next_organisation": each.receiver,
            "count": 0,
            "is_agreed": True,
            "within_days": each.within_days,
            "late": 0,
        }
        for each in model.hand_overs
        if (each.sender, each.receiver) not in seen
    ]


def figure(result: Result, reader: Reader) -> Figure:
    """How many conform, bars of what deviates, and where."""
    gettext, about, rough = reader.words.gettext, reader.about(DEFINITION), RoughCounts(reader)
    steps = [each["step"] for each in result["steps"]]
    notes = order_in_words(steps, result["may_be_skipped"], reader.words)
    if result["not_in_log"]:
        names = reader.words.either(list(result["not_in_log"]))
        notes.append(gettext("In the agreed chain, and not in the registration: %(names)s.", names=names))
    if not result["judged"]:
        return Figure(about, gettext("No case can be held against the agreed chain."), notes=tuple(notes), behind=None)
    if reader.hides(result["judged"]):
        return Figure(about, reader.not_shown(), notes=tuple(notes), behind=None)
    verdict = gettext(
        "Of %(judged)s cases, %(conforming)s went as agreed in “%(name)s”.",
        judged=rough.count(result["judged"]),
        conforming=rough.part(result["conforming"], result["judged"]),
        name=result["model"],
    )
    tables = (_kinds(result, reader), _hand_overs(result, reader), _steps(result, reader))
    with_hand_overs = any(each["count"] for each in result["hand_overs"])
    return Figure(
        about,
        verdict,
        drawings=(_drawing(result, reader),),
        tables=tuple(table for table in tables if table.rows),
        notes=(*notes, *rough.note(with_events=with_hand_overs)),
        behind=() if result["conforming"] < result["judged"] else None,
    )


def order_in_words(steps: Sequence[str], may_be_skipped: Sequence[str], words: Words) -> list[str]:
    """The agreed order in a sentence; nothing when none is agreed."""
    if not steps:
        return []
    said = " → ".join(steps)
    if len(may_be_skipped) == len(steps):
        return [words.gettext("The agreed order: %(steps)s. Every step may be skipped.", steps=said)]
    if not may_be_skipped:
        return [words.gettext("The agreed order: %(steps)s.", steps=said)]
    names = words.either(list(may_be_skipped))
    return [words.gettext("The agreed order: %(steps)s. These may be skipped: %(names)s.", steps=said, names=names)]


def _hidden_kinds(result: Result, reader: Reader) -> dict[str, bool]:
    """Which counts of the kinds are not said: a small one, and one more, because the cases that deviate are known."""
    return dict(
        zip(result["kinds"], reader.hidden([result["deviating"][kind] for kind in result["kinds"]]), strict=True)
    )


def _drawing(result: Result, reader: Reader) -> Bars:
    gettext, rough, unsaid = reader.words.gettext, RoughCounts(reader), _hidden_kinds(result, reader)
    bars = [
        Bar(reader.key(KINDS[kind]), None if unsaid[kind] else rough.value(result["deviating"][kind]))
        for kind in result["kinds"]
    ]
    return Bars(gettext("Cases that deviate"), bars, gettext("cases"), number=reader.count)


def _kinds(result: Result, reader: Reader) -> Table:
    gettext, rough, unsaid = reader.words.gettext, RoughCounts(reader), _hidden_kinds(result, reader)
    rows = tuple(
        Row(
            (
                reader.key(KINDS[kind]),
                reader.unsaid() if unsaid[kind] else rough.part(result["deviating"][kind], result["judged"]),
            ),
            (("kind", kind),) if result["deviating"][kind] else None,
        )
        for kind in result["kinds"]
    )
    return Table(gettext("In what way cases deviate"), reader.heads(gettext("Deviation"), gettext("Cases")), rows)


def _hand_overs(result: Result, reader: Reader) -> Table:
    """What deviates first; who may not see cases sees no rare hand-over, and no number that gives one away."""
    gettext, words, rough = reader.words.gettext, reader.words, RoughCounts(reader).of_events
    found = sorted(result["hand_overs"], key=lambda each: (-_deviating(each), -each["count"]))
    few = reader.of_events.hidden([each["count"] for each in found])
    shown = [each for each, unsaid in zip(found, few, strict=True) if not unsaid][:LISTED]
    late = reader.of_events.hidden([each["late"] for each in shown])
    rows = tuple(
        Row(
            (
                each["organisation"],
                each["next_organisation"],
                gettext("yes") if each["is_agreed"] else gettext("no"),
                words.days(each["within_days"]),
                rough.count(each["count"]),
                _late(each, unsaid, rough),
            ),
            _behind(each),
        )
        for each, unsaid in zip(shown, late, strict=True)
    )
    heads = (
        gettext("From"), gettext("To"), gettext("Agreed"), gettext("Term"), gettext("How many"), gettext("Too late"),
    )  # fmt: skip
    left_out = reader.left_out(len(found) - len(shown))
    return Table(gettext("Hand-overs held against the agreement"), reader.heads(*heads, numeric_from=3), rows, left_out)


def _deviating(each: dict[str, Any]) -> int:
    return int(each["late"] if each["is_agreed"] else each["count"])


def _late(each: dict[str, Any], unsaid: bool, rough: RoughCounts) -> str:
    if each["within_days"] is None:
        return rough.reader.count(None)
    return rough.reader.unsaid() if unsaid else rough.part(each["late"], each["count"])


def _behind(each: dict[str, Any]) -> tuple[tuple[str, str], ...] | None:
    """The cases that deviate there, else all that went that way."""
    if not each["count"]:
        return None
    pair = (("giver", each["organisation"]), ("receiver", each["next_organisation"]))
    return (("kind", "late"), *pair) if each["late"] else pair


def _steps(result: Result, reader: Reader) -> Table:
    """Per step what was done otherwise; each line leads to its cases."""
    gettext, rough = reader.words.gettext, RoughCounts(reader)
    rows = []
    for kind in OF_A_STEP:
        counts = [each[kind] for each in result["steps"]]
        for place, (each, unsaid) in enumerate(zip(result["steps"], reader.hidden(counts), strict=True)):
            if each[kind]:
                said = reader.unsaid() if unsaid else rough.count(each[kind])
                behind = (("kind", kind), ("step", str(place)))
                rows.append(Row((each["step"], reader.key(KINDS[kind]), said), behind))
    heads = (gettext("Step"), gettext("Deviation"), gettext("Cases"))
    return Table(gettext("Steps in the agreed order"), reader.heads(*heads, numeric_from=2), tuple(rows))


def cases(log: Prepared, model: ChainModel, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases that deviate: in one way (``kind``, and the place of a ``step``), or between two organisations."""
    coded = CodedModel.of(model, log)
    asked = arguments.get("kind")
    kind = next((each for each in KINDS if each == asked), None)
    if asked is not None and kind is None:
        raise LogError("unknown-value", UNKNOWN_VALUE, value=asked, dimension="kind")
    giver, receiver = (code(log, "organisation", arguments, name) for name in ("giver", "receiver"))
    if giver is not None and receiver is not None:
        if kind == "late":
            return conformance.cases_late(selection, coded, giver, receiver)
        stays = selection.stays()
        between = stays.filter(stays.organisation == giver, stays.next_organisation == receiver)
        return between.select("case_no").distinct()
    if kind is None:
        return conformance.cases_deviating(selection, coded)
    step = whole(arguments, "step") if kind in OF_A_STEP else None
    if step is not None and not 0 <= step < len(model.steps):
        raise LogError("unknown-value", UNKNOWN_VALUE, value=step, dimension="step")
    return conformance.cases_behind(selection, coded, kind, step)
