"""Everything that is examined in one log, and what of it is a phenomenon."""

from __future__ import annotations

from collections.abc import Callable

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.phenomena import growing, late, lost, regional, rework_loops
from zichtlijn.analysis.chains.phenomena.limits import LIMITS, Limits
from zichtlijn.analysis.chains.phenomena.phenomenon import Kind, Phenomenon
from zichtlijn.analysis.chains.phenomena.places import roles
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.false_discovery import benjamini_hochberg
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="phenomena",
    title=gettext_noop("Phenomena"),
    text=gettext_noop(
        "Waiting lists that grow, hand-overs that get lost, regions where it takes longer, cases that are sent back "
        "and terms that are not kept. Each place in the chain with enough cases is examined. A phenomenon is found "
        "where it is stronger than a limit that is set beforehand and, with all that was examined counted, hardly due "
        "to chance. What is not found has not been shown to be absent."
    ),
    unit="score",
    source="Benjamini & Hochberg 1995; the limits: ours",
)
EXAMINED: dict[Kind, Callable[..., list[Phenomenon]]] = {
    "growing-list": growing.examined,
    "lost-hand-overs": lost.examined,
    "regional-gap": regional.examined,
    "rework-loop": rework_loops.examined,
    "terms-breached": late.examined,
}
WITHOUT_ORGANISATIONS: tuple[Kind, ...] = ("terms-breached",)


def examine(engine: Engine, selection: Selection = EVERYTHING, limits: Limits = LIMITS) -> tuple[Phenomenon, ...]:
    """All that was examined, found or not, strongest first and what is found before the rest."""
    organised = engine.log.has("stays")
    placed = roles(engine, selection) if organised else {}
    kinds = [kind for kind in EXAMINED if organised or kind in WITHOUT_ORGANISATIONS]
    every = [each for kind in kinds for each in EXAMINED[kind](engine, selection, placed, limits)]
    q_values = benjamini_hochberg([each.evidence.p_value for each in every]).tolist()
    judged = [each.judged(q_value, limits.level) for each, q_value in zip(every, q_values, strict=True)]
    return tuple(sorted(judged, key=lambda each: (not each.found, -each.strength)))


def find(engine: Engine, selection: Selection = EVERYTHING, limits: Limits = LIMITS) -> tuple[Phenomenon, ...]:
    """The phenomena of a log, strongest first."""
    return tuple(each for each in examine(engine, selection, limits) if each.found)
