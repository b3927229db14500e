"""The same phenomenon in other chains: where it occurs too, and what is different where it does not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Values
from dataclasses import dataclass
from typing import Literal

from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.hand_overs import HandOver
from zichtlijn.analysis.chains.phenomena import LIMITS, Limits, Phenomenon, examine
from zichtlijn.analysis.chains.phenomena.phenomenon import PARTS, Role
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="parallels",
    title=gettext_noop("Parallels in other chains"),
    text=gettext_noop(
        "The same kind of phenomenon in the registrations of other chains. Where it occurs too, the parallel is closer "
        "the more alike its strength and its place in the chain, and closer still at the same organisation. Where it "
        "has been shown not to occur, at a like place, the figures in which the two places differ are laid side by "
        "side: a difference is a question to ask there, not an explanation."
    ),
    unit="score",
    source="ours",
)
STRENGTH, PLACE, SAME_ORGANISATION = 0.5, 0.3, 0.2
"""What each likeness weighs in the similarity; together 1."""
ORDER: tuple[Role, ...] = ("first", "middle", "last")

Measure = Literal["per week", "days", "share", "times", "regions"]
NAMES: dict[str, tuple[str, Measure]] = {
    "inflow": (gettext_noop("Cases that come in"), "per week"),
    "outflow": (gettext_noop("Cases that are taken up"), "per week"),
    "load": (gettext_noop("Cases that come in per case taken up"), "times"),
    "hand_over_days": (gettext_noop("Time that a hand-over takes"), "days"),
    "complete": (gettext_noop("Hand-overs with all required fields filled"), "share"),
    "returned": (gettext_noop("Hand-overs that come straight back"), "share"),
    "usual_days": (gettext_noop("Time that cases usually stay"), "days"),
    "between": (gettext_noop("Spread between regions, as a share of that time"), "share"),
    "regions": (gettext_noop("Regions that could be compared"), "regions"),
    "share": (gettext_noop("Share of the cases"), "share"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value, and the ``counts`` that it tells to who knows how many there were: of a share a part and the rest."""

    value: float
    counts: tuple[int, ...] = ()


Figures = dict[str, Measured]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of both places, with the counts that each tells. ``name`` is English and a key for translation."""

    name: str
    measure: Measure
    here: float
    there: float
    counts_here: tuple[int, ...] = ()
    counts_there: tuple[int, ...] = ()


@dataclass(frozen=True)
class Parallel:
    """A phenomenon ``here``, and what was examined ``there``, in another chain.

    ``occurs``: it was found there too; otherwise it was shown to be absent there. ``similarity`` from 0 to 1.
    ``differences`` are the figures that both places have.
    """

    chain: str
    here: Phenomenon
    there: Phenomenon
    similarity: float
    same_role: bool
    same_organisation: bool
    differences: tuple[Difference, ...]

    @property
    def occurs(self) -> bool:
        """Found there too."""
        return self.there.found


class Examined:
    """The log of one chain with all that was examined in it, so that it is looked at once for many questions."""

    def __init__(self, chain: str, engine: Engine, limits: Limits = LIMITS) -> None:
        self.chain = chain
        self.phenomena = examine(engine, limits=limits)
        self.pairs = {
            (pair.organisation, pair.next_organisation): pair for pair in hand_overs.compute(engine).hand_overs
        }

    def figures(self, phenomenon: Phenomenon) -> Figures:
        """What is known of the place where a phenomenon was examined."""
        where = phenomenon.where
        pair = self.pairs.get((where.organisation or "", where.to_organisation or ""))
        return _of_evidence(phenomenon) | (_of_pair(pair) if pair is not None else {})


def parallels(
    phenomenon: Phenomenon, here: Engine, others: Sequence[tuple[str, Engine]], limits: Limits = LIMITS
) -> list[Parallel]:
    """Of one phenomenon, found in the log of ``here``; ``others`` are names of chains with their logs.

    First where it occurs too, then where it was shown to be absent; each closest first.
    """
    own = Examined("", here, limits)
    return all_parallels([phenomenon], own, [Examined(chain, engine, limits) for chain, engine in others])


def all_parallels(phenomena: Sequence[Phenomenon], own: Examined, others: Sequence[Examined]) -> list[Parallel]:
    """The same for several phenomena of one chain, with logs that were examined before."""
    found = [
        _parallel(phenomenon, own.figures(phenomenon), there, other)
        for phenomenon in phenomena
        for other in others
        for there in _of_kind(other, phenomenon)
    ]
    return sorted(found, key=lambda each: (not each.occurs, -each.similarity, each.chain))


def _of_kind(other: Examined, phenomenon: Phenomenon) -> Iterator[Phenomenon]:
    """Where the phenomenon occurs; and one for each place where nothing of it does."""
    places: dict[tuple[str | None, str | None], list[Phenomenon]] = {}
    for each in other.phenomena:
        if each.kind == phenomenon.kind:
            places.setdefault((each.where.organisation, each.where.to_organisation), []).append(each)
    for at_place in places.values():
        found = [each for each in at_place if each.found]
        yield from found
        if not found and all(each.absent for each in at_place):
            yield max(at_place, key=lambda each: each.strength)


def _parallel(here: Phenomenon, figures: Figures, there: Phenomenon, other: Examined) -> Parallel:
    same_organisation = here.where.organisation is not None and here.where.organisation == there.where.organisation
    similarity = PLACE * _alike(here.where.role, there.where.role) + SAME_ORGANISATION * same_organisation
    if there.found:
        similarity += STRENGTH * math.exp(-abs(here.strength - there.strength))
    else:
        # Without the phenomenon there is no strength to compare: only the place counts.
        similarity /= PLACE + SAME_ORGANISATION
    same_role = here.where.role == there.where.role
    differences = _differences(figures, other.figures(there))
    return Parallel(other.chain, here, there, similarity, same_role, same_organisation, differences)


def _alike(one: Role, other: Role) -> float:
    """1 for the same place in the chain, half for the one before or after."""
    if one == other:
        return 1.0
    return 0.5 if one in ORDER and other in ORDER and abs(ORDER.index(one) - ORDER.index(other)) == 1 else 0.0


def _differences(here: Figures, there: Figures) -> tuple[Difference, ...]:
    return tuple(
        Difference(*NAMES[name], one.value, other.value, one.counts, other.counts)
        for name in NAMES
        if (one := here.get(name)) is not None and (other := there.get(name)) is not None
    )


def _of_evidence(phenomenon: Phenomenon) -> Figures:
    numbers = phenomenon.evidence.numbers
    if phenomenon.kind == "growing-list":
        weeks, came, left = numbers["weeks"], int(numbers["inflow"]), int(numbers["outflow"])
        flows = {"inflow": Measured(came / weeks, (came,)), "outflow": Measured(left / weeks, (left,))}
        return flows | ({"load": Measured(came / left, (came, left))} if left else {})
    found = {name: Measured(float(numbers[name])) for name in ("usual_days", "between", "regions") if name in numbers}
    return found | ({"share": Measured(float(numbers["share"]), _told(numbers))} if "share" in numbers else {})


def _told(numbers: Values[str, float]) -> tuple[int, ...]:
    """The counts behind the share of a phenomenon: the part, and the rest."""
    for part, whole in PARTS.items():
        if part in numbers:
            return int(numbers[part]), int(numbers[whole] - numbers[part])
    return ()


def _of_pair(pair: HandOver) -> Figures:
    found = {
        "hand_over_days": Measured(pair.times.mean_days, (pair.count,)),
        "returned": _part(pair.returned, pair.count),
    }
    return found | (
        {"complete": _part(pair.complete, pair.judged)} if pair.complete is not None and pair.judged else {}
    )


def _part(count: int, whole: int) -> Measured:
    return Measured(count / whole, (count, whole - count))
