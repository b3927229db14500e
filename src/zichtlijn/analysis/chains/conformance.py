"""Who deviates from the agreed chain: hand-overs not agreed, terms passed, steps skipped or in the wrong order."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, ask, kept
from zichtlijn.analysis.chains.chain_model import AgreedHandOver, ChainModel
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import LocalDays
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="conformance",
    title=gettext_noop("Held against the agreed chain"),
    text=gettext_noop(
        "A case conforms when every hand-over in it is agreed, none was later than its term, it does not wait longer "
        "than every agreed term at an organisation, no step was skipped and the steps were first done in the agreed "
        "order. Terms are in calendar days. A step is skipped when a later step of the order was done and this one "
        "never, unless the model says it may be skipped. Only the first time of a step counts for the order. Cases "
        "without any known organisation are not judged on hand-overs. A deviation can have a good reason: the log "
        "shows what happened, not why."
    ),
    unit="share",
    source="Van der Aalst, Process Mining: Data Science in Action (2016), chapter 8; the rules: ours",
)
Kind = Literal["not_agreed", "late", "overdue", "skipped", "wrong_order"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NEVER = 2**31
"""The place of a step that was not done: after every place."""
_MANY = 2**15


@dataclass(frozen=True)
class CodedModel:
    """A chain model in the codes of a log; -1 for what does not occur in it. ``longest_days``: per organisation the
    longest term of its hand-overs, where all of them have one that counts from arrival."""

    agreed: tuple[tuple[int, int, AgreedHandOver], ...] = ()
    longest_days: tuple[tuple[int, int], ...] = ()
    steps: tuple[int, ...] = ()
    may_be_skipped: frozenset[int] = frozenset()
    by_activity: bool = False
    has_stays: bool = True
    cut_off_day: int = 0

    @classmethod
    def of(cls, model: ChainModel, log: Prepared) -> CodedModel:
        """Raises LogError when the log has no organisations and the model is about nothing else."""
        by_activity, has_stays = model.order_of == "activity", log.has("stays")
        if not has_stays and not (by_activity and model.steps):
            message = gettext_noop("The chain model is about organisations, and the log has none.")
            raise LogError("model-no-organisations", message)
        organisations, steps = log.values("organisation"), log.values(model.order_of)
        return cls(
            tuple((_code(organisations, h.sender), _code(organisations, h.receiver), h) for h in model.hand_overs),
            tuple((_code(organisations, name), days) for name, days in _longest_days(model)),
            tuple(_code(steps, step) for step in model.steps),
            frozenset(place for place, step in enumerate(model.steps) if step in model.may_be_skipped),
            by_activity,
            has_stays,
            LocalDays.of(log).day_of(log.manifest.cut_off_us),
        )


def _code(texts: Sequence[str], text: str) -> int:
    return texts.index(text) if text in texts else -1


def _longest_days(model: ChainModel) -> list[tuple[str, int]]:
    found = []
    for name in model.organisations:
        own = [h for h in model.hand_overs if h.sender == name]
        terms = [h.within_days for h in own if h.within_days is not None and h.counted_from == "arrival"]
        if own and len(terms) == len(own):
            found.append((name, max(terms)))
    return found


@dataclass(frozen=True, slots=True)
class HandOverHeld:
    """Hand-overs between two organisations as they occurred: ``late`` of them after the term of the model."""

    organisation: str
    next_organisation: str
    count: int
    is_agreed: bool
    within_days: int | None
    late: int


@dataclass(frozen=True, slots=True)
class StepHeld:
    """Cases in which a step was skipped, or first done after a later one."""

    step: str
    skipped: int
    wrong_order: int


@dataclass(frozen=True, slots=True)
class Conformance:
    """``judged`` of the ``cases`` could be held against the model, ``conforming`` of those did not deviate.

    ``deviating``: cases per kind of deviation; a case can deviate in more ways. ``not_in_log``: organisations and steps
    of the model that the log does not have.
    """

    cases: int
    judged: int
    conforming: int
    deviating: dict[Kind, int]
    hand_overs: tuple[HandOverHeld, ...]
    steps: tuple[StepHeld, ...]
    not_in_log: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Conforming of those judged, 0 to 1; None when none was judged."""
        return self.conforming / self.judged if self.judged else None


@kept
def hand_overs(selection: Selection = EVERYTHING, model: CodedModel = CodedModel()) -> ir.Table:
    """Per pair of organisations: hand-overs, and those later than the term."""
    stays = selection.stays().filter(_.next_organisation.notnull())
    flagged = stays.mutate(late=_flag(_is_late(stays, model)))
    return flagged.group_by("organisation", "next_organisation").agg(count=_.count(), late=_.late.sum())


@kept
def totals(selection: Selection = EVERYTHING, model: CodedModel = CodedModel()) -> ir.Table:
    """Per combination of kinds of deviation: cases, and of those the cases per step skipped or in the wrong order."""
    per_step = [f"{kind}_{place}" for place in range(len(model.steps)) for kind in ("skipped", "wrong_order")]
    sums = {name: _[name].sum() for name in per_step}
    return deviations(selection, model).group_by(*KINDS).agg(count=_.count(), **sums)


@kept
def all_cases(selection: Selection = EVERYTHING) -> ir.Table:
    """The number of cases."""
    return selection.cases().aggregate(count=_.count())


def deviations(selection: Selection = EVERYTHING, model: CodedModel = CodedModel()) -> ir.Table:
    """Per case that can be judged, 0 or 1 for each kind, and for each kind and step of the order."""
    if not model.has_stays:
        found = _firsts(selection.events(), "activity", "position", model).mutate(**dict.fromkeys(KINDS[:3], 0))
    else:
        found = _by_stays(selection, model)
        if model.by_activity and model.steps:
            firsts = _firsts(selection.events(), "activity", "position", model)
            found = found.join(firsts, "case_no")
    return _with_order(found, model)


def _by_stays(selection: Selection, model: CodedModel) -> ir.Table:
    stays = selection.stays()
    flagged = stays.mutate(
        not_agreed=_flag(_is_not_agreed(stays, model)),
        late=_flag(_is_late(stays, model)),
        overdue=_flag(_is_overdue(stays, model)),
    )
    firsts = {} if model.by_activity else _first_places("organisation", "stay", model)
    return flagged.group_by("case_no").agg(**{kind: _[kind].max() for kind in KINDS[:3]}, **firsts)


def _firsts(table: ir.Table, column: str, place: str, model: CodedModel) -> ir.Table:
    return table.group_by("case_no").agg(**_first_places(column, place, model))


def _first_places(column: str, place: str, model: CodedModel) -> dict[str, ir.Deferred]:
    return {
        f"first_{number}": (_[column] == code).ifelse(_[place].cast("int64"), NEVER).min()
        for number, code in enumerate(model.steps)
    }


def _with_order(found: ir.Table, model: CodedModel) -> ir.Table:
    flags: dict[str, ir.IntegerValue] = {}
    for number in range(len(model.steps)):
        first = found[f"first_{number}"]
        later = [found[f"first_{other}"] for other in range(number + 1, len(model.steps))]
        passed = _any([other < first for other in later])
        must = number not in model.may_be_skipped
        flags[f"skipped_{number}"] = _flag(passed & (first == NEVER) & must)
        flags[f"wrong_order_{number}"] = _flag(passed & (first < NEVER))
    marked = found.mutate(**flags)
    own = {kind: _flag(_any([marked[name] == 1 for name in flags if name.startswith(kind)])) for kind in KINDS[3:]}
    return marked.select("case_no", *KINDS[:3], *flags, **own)


def _is_not_agreed(stays: ir.Table, model: CodedModel) -> ir.BooleanValue:
    if not model.agreed:
        return ibis.literal(False)
    allowed = [sender * _MANY + receiver for sender, receiver, _agreed in model.agreed]
    return stays.next_organisation.notnull() & ~_pair(stays).isin(allowed)


def _is_late(stays: ir.Table, model: CodedModel) -> ir.BooleanValue:
    late = []
    for sender, receiver, agreed in model.agreed:
        if agreed.within_days is not None:
            start = stays.from_day if agreed.counted_from == "arrival" else stays.last_day
            is_it = (stays.organisation == sender) & (stays.next_organisation == receiver)
            late.append(is_it & (stays.next_day - start > agreed.within_days))
    return _any(late)


def _is_overdue(stays: ir.Table, model: CodedModel) -> ir.BooleanValue:
    waited = model.cut_off_day - stays.from_day
    over = [(stays.organisation == code) & (waited > longest) for code, longest in model.longest_days]
    return stays.until_day.isnull() & _any(over)


def _pair(stays: ir.Table) -> ir.IntegerValue:
    return stays.organisation.cast("int64") * _MANY + stays.next_organisation


def _any(conditions: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return functools.reduce(operator.or_, conditions) if conditions else ibis.literal(False)


def _flag(condition: ir.BooleanValue) -> ir.IntegerValue:
    """1 where it holds, 0 where it does not or something is not known."""
    return condition.ifelse(1, 0)


_EXAMPLE = CodedModel(
    agreed=((0, 1, AgreedHandOver("", "", 14)), (1, 2, AgreedHandOver("", "", 3, "last_event"))),
    longest_days=((0, 14),),
    steps=(0, 1, 2),
)
EXPRESSIONS = (
    all_cases,
    functools.partial(hand_overs, model=_EXAMPLE),
    functools.partial(totals, model=_EXAMPLE),
)


def compute(engine: Engine, model: ChainModel, selection: Selection = EVERYTHING) -> Conformance:
    """Raises LogError when the log has no organisations and the model is about nothing else."""
    coded = CodedModel.of(model, engine.log)
    cases = int(ask(engine, all_cases(selection))["count"][0])
    pairs = ask(engine, hand_overs(selection, coded)) if coded.has_stays else None
    total = ask(engine, totals(selection, coded))
    judged = int(total["count"].sum())
    deviating: dict[Kind, int] = {kind: int(total["count"][total[kind] == 1].sum()) for kind in KINDS}
    without = functools.reduce(operator.and_, (total[kind] == 0 for kind in KINDS))
    return Conformance(
        cases,
        judged,
        int(total["count"][without].sum()),
        deviating,
        _held(pairs, coded, engine.log) if pairs else (),
        tuple(_step_held(model.steps[place], place, total) for place in range(len(model.steps))),
        _not_in_log(model, engine.log),
    )


def _held(pairs: Answer, model: CodedModel, log: Prepared) -> tuple[HandOverHeld, ...]:
    texts = log.values("organisation")
    agreed = {(sender, receiver): each for sender, receiver, each in model.agreed}
    found = []
    for sender, receiver, count, late in zip(*(column.tolist() for column in pairs.values()), strict=True):
        own = agreed.get((sender, receiver))
        is_agreed = own is not None or not agreed
        term = own.within_days if own else None
        found.append(HandOverHeld(texts[sender], texts[receiver], count, is_agreed, term, late))
    return tuple(sorted(found, key=lambda each: (-each.count, each.organisation, each.next_organisation)))


def _step_held(step: str, place: int, total: Answer) -> StepHeld:
    return StepHeld(step, int(total[f"skipped_{place}"].sum()), int(total[f"wrong_order_{place}"].sum()))


def _not_in_log(model: ChainModel, log: Prepared) -> tuple[str, ...]:
    organisations = set(model.organisations) - set(log.values("organisation"))
    return tuple(sorted(organisations | (set(model.steps) - set(log.values(model.order_of)))))


def cases_behind(selection: Selection, model: CodedModel, kind: Kind, step: int | None = None) -> ir.Table:
    """The cases that deviate in a way; ``step``: the place of one step of the order, for skipped and wrong order."""
    column = kind if step is None else f"{kind}_{step}"
    return deviations(selection, model).filter(_[column] == 1).select("case_no")


def cases_deviating(selection: Selection, model: CodedModel) -> ir.Table:
    """The cases that deviate in whatever way."""
    found = deviations(selection, model)
    return found.filter(_any([found[kind] == 1 for kind in KINDS])).select("case_no")


def cases_late(selection: Selection, model: CodedModel, organisation: int, next_organisation: int) -> ir.Table:
    """The cases handed over too late from one organisation (code) to another."""
    stays = selection.stays().filter(_.organisation == organisation, _.next_organisation == next_organisation)
    return stays.filter(_is_late(stays, model)).select("case_no").distinct()
