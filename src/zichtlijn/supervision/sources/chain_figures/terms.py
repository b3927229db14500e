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
    if reader.hides(everyone["cases"]):
        return Figure(about, reader.not_shown())
    unsaid = hidden_states(everyone, reader)
    bars = [Bar(gettext(STATES[each]), None if unsaid[each] else everyone[each], tone=TONES[each]) for each in STATES]
    drawings: list[Bars | Intervals] = [Bars(gettext("Cases with a term"), bars, gettext("cases"), number=reader.count)]
    for by, found in result["by"].items():
        shown = _shown(found["groups"], reader)
        if says_share(everyone, reader) and len(shown) > 1:
            drawings.append(_drawing(by, shown, everyone, reader))
    notes = []
    if result["without_term"]:
        notes.append(gettext("Without a term, and not counted: %(cases)s.", cases=reader.cases(result["without_term"])))
    exceeded = everyone["exceeded"] if says_share(everyone, reader) else [None] * 3
    verdict = gettext(
        "An estimated %(share)s of the cases exceeds its term (95%% interval: %(low)s to %(high)s).",
        **dict(zip(("share", "low", "high"), (words.fine_share(each) for each in exceeded), strict=True)),
    )
    states = tuple(
        Row(
            (
                gettext(said),
                reader.unsaid() if unsaid[state] else reader.part(everyone[state], everyone["cases"]),
            ),
            (("state", state),) if everyone[state] else None,
        )
        for state, said in STATES.items()
    )
    table = Table(gettext("Cases with a term"), reader.heads(gettext("State"), gettext("Cases")), states)
    if exceeded[0] is None and reader.is_limited:
        verdict = gettext("The share that exceeds its term is not shown, because it would point to a few cases.")
    return Figure(about, verdict, drawings=tuple(drawings), tables=(table,), notes=tuple(notes))


def hidden_states(group: dict[str, Any], reader: Reader) -> dict[str, bool]:
    """Per state whether its count is hidden: it is small, or would give a small one away."""
    return dict(zip(STATES, reader.hidden([group[state] for state in STATES]), strict=True))


def says_share(group: dict[str, Any], reader: Reader) -> bool:
    """Whether the share over the term gives no small count away, alone or beside the states that are shown."""
    unsaid = hidden_states(group, reader)
    few = reader.hides(group["cases"]) or reader.hides(group["late"]) or reader.hides(group["cases"] - group["late"])
    return not few and unsaid["closed-late"] == unsaid["open-late"]


def _shown(groups: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Groups of which share and number tell no small count, also not of the one group that is left out."""
    hidden = [
        reader.hidden(counts)
        for counts in (
            [each["cases"] for each in groups],
            [each["late"] for each in groups],
            [each["cases"] - each["late"] for each in groups],
        )
    ]
    return [
        each
        for each, *unsaid in zip(groups, *hidden, strict=True)
        if each["value"] is not None and not any(unsaid) and None not in each["exceeded"]
    ]


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
