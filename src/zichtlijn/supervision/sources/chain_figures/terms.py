"""Whether cases end within their term: of all, and per region or group."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import terms
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.open_cases import Grouping, cut_off, dimension_of
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.terms import GroupTerms
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Bar, Bars, Interval, Intervals

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = terms.DEFINITION
BY: tuple[Grouping, ...] = ("region", "group", "citizen_group")
STATES = {
    "closed-in-time": terms.CLOSED_IN_TIME,
    "closed-late": terms.CLOSED_LATE,
    "open-late": terms.OPEN_LATE,
    "not-yet-due": terms.NOT_YET_DUE,
}
TONES = {"closed-in-time": "positive", "closed-late": "negative", "open-late": "warning", "not-yet-due": "neutral"}
LISTED = 30


def compute(engine: Engine, selection: Selection) -> Result:
    """Counts per state and the estimated share that exceeds the term."""
    everyone = terms.compute(engine, selection)
    groups = {}
    for by in BY:
        if len(engine.log.values(dimension_of(by))) > 1:
            found = terms.compute(engine, selection, by=by)
            ordered = sorted(found.groups, key=lambda each: (-each.cases, each.value or ""))
            p_value = None if found.comparison is None else found.comparison.p_value
            groups[by] = {"p_value": p_value, "groups": [_group(each) for each in ordered[:LISTED]]}
    return {"without_term": everyone.without_term, "everyone": _group(everyone.everyone), "by": groups}


def _group(each: GroupTerms) -> dict[str, Any]:
    return {
        "value": each.value,
        "cases": each.cases,
        "late": each.late,
        "closed-in-time": each.closed_in_time,
        "closed-late": each.closed_late,
        "open-late": each.open_late,
        "not-yet-due": each.not_yet_due,
        "exceeded": [each.exceeded.value, each.exceeded.lower, each.exceeded.upper],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """Bars of the four states, and the share per region or group with its interval."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    everyone = result["everyone"]
    if not everyone["cases"]:
        return Figure(about, gettext("No case of this selection has a term."))
    bars = [Bar(gettext(STATES[each]), reader.drawn(everyone[each]), tone=TONES[each]) for each in STATES]
    drawings: list[Bars | Intervals] = [Bars(gettext("Cases with a term"), bars, gettext("cases"), number=reader.count)]
    for by, found in result["by"].items():
        shown = [each for each in found["groups"] if _is_shown(each, reader)]
        if len(shown) > 1:
            drawings.append(_drawing(by, shown, everyone, reader))
    notes = []
    if result["without_term"]:
        notes.append(gettext("Without a term, and not counted: %(cases)s.", cases=reader.cases(result["without_term"])))
    exceeded = everyone["exceeded"]
    verdict = gettext(
        "An estimated %(share)s of the cases exceeds its term (95%% interval: %(low)s to %(high)s).",
        **dict(zip(("share", "low", "high"), (words.fine_share(each) for each in exceeded), strict=True)),
    )
    states = tuple(
        Row(
            (gettext(said), reader.part(everyone[state], everyone["cases"])),
            (("state", state),) if everyone[state] else None,
        )
        for state, said in STATES.items()
    )
    table = Table(gettext("Cases with a term"), reader.heads(gettext("State"), gettext("Cases")), states)
    return Figure(about, verdict, drawings=tuple(drawings), tables=(table,), notes=tuple(notes))


def _is_shown(each: dict[str, Any], reader: Reader) -> bool:
    return each["value"] is not None and not reader.hides(each["cases"]) and None not in each["exceeded"]


def _drawing(by: str, shown: list[dict[str, Any]], everyone: dict[str, Any], reader: Reader) -> Intervals:
    gettext = reader.words.gettext
    titles = {
        "region": gettext("Share over the term per region"),
        "group": gettext("Share over the term per group"),
        "citizen_group": gettext("Share over the term per citizen group"),
    }
    rows = [
        Interval(each["value"], value, low, high, note=reader.cases(each["cases"]))
        for each in sorted(shown, key=lambda each: -each["exceeded"][0])
        for value, low, high in [each["exceeded"]]
    ]
    return Intervals(
        titles[by],
        rows,
        gettext("Over the term"),
        gettext("95% interval"),
        reference=everyone["exceeded"][0],
        reference_name=gettext("All together"),
        number=reader.words.fine_share,
    )


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases with a term: of a ``state``, of a group (``by``, ``value``), or that exceeded it (``breached`` 1)."""
    at = cut_off(log)
    by = next((each for each in BY if each == arguments.get("by")), None)
    chosen = None if by is None else code(log, dimension_of(by), arguments, "value")
    if arguments.get("breached") == "1":
        late = (terms.CLOSED_LATE, terms.OPEN_LATE)
        closed, still_open = (
            terms.cases_behind(selection, state=state, by=by, code=chosen, cut_off_us=at) for state in late
        )
        return closed.union(still_open)
    state = STATES.get(arguments.get("state", ""))
    return terms.cases_behind(selection, state=state, by=by, code=chosen, cut_off_us=at)


METRIC = Metric(DEFINITION, compute, figure, cases, needs=("term",))
