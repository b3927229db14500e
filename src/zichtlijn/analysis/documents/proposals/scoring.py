"""How strongly a sentence reads as an activity: the sum of the weights of its signs, as a confidence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.units import Unit

YEAR = re.compile(r"(?<![\d-])(20[0-4]\d)(?:\s?[-/–]\s?(20[0-4]\d|\d\d))?(?!\d)")
FEWEST_WORDS = 5


# Who plainly does something is not describing a goal.
DOING = frozenset({"acts", "will", "stays", "passive", "item", "row"})


@dataclass(frozen=True, slots=True)
class Place:
    """What the surroundings of a sentence tell: under which kind of heading, under a goal, in a list of activities."""

    activity_heading: bool = False
    background_heading: bool = False
    result_heading: bool = False
    staff_heading: bool = False
    goal_section: bool = False
    describes_goal: bool = False
    continuation: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The signs that count with their weights, and what they add up to."""

    signs: tuple[tuple[str, float], ...]

    @property
    def confidence(self) -> float:
        """Between 0 and 1."""
        return confidence_of(sum(weight for _, weight in self.signs))


def confidence_of(total: float) -> float:
    """The logistic function: 0 is 0.5, 2 is 0.88."""
    return 1 / (1 + math.exp(-total))


def score_of(
    unit: Unit, event: Event, place: Place, year: int | None, dictionaries: Dictionaries, *, named: bool
) -> Score:
    """Every sign of this sentence with its weight from weights.yaml."""
    signs = [*_of_event(event), *_of_time(unit, event, year, dictionaries), *_of_place(place)]
    if event.mode in DOING and "describes_goal" in signs:
        signs.remove("describes_goal")
    signs += [name for name, pattern in dictionaries.words.signs if pattern.search(unit.text)]
    if event.kind == "enforcement" and "condition" in signs:
        signs.remove("condition")  # enforcement is always on a condition
    if named:
        signs.append("names_a_field")
    if unit.text.rstrip().endswith("?"):
        signs.append("question")
    if len(unit.words) < FEWEST_WORDS and event.mode not in ("item", "row"):
        signs.append("few_words")
    weights = [("base", dictionaries.weights["base"]), *((sign, dictionaries.weights.get(sign, 0.0)) for sign in signs)]
    if event.verb is not None and event.verb.weight:
        weights.append((event.verb.infinitive, event.verb.weight))
    if event.weight:
        weights.append(("strong_announcement", event.weight))
    return Score(tuple(weights))


def _of_event(event: Event) -> list[str]:
    signs: list[str] = [event.mode]
    if event.mode == "can" and event.kind == "enforcement":
        signs.append("can_enforce")
    if event.subordinate:
        signs.append("subordinate")
    if event.mode == "supervision" and not event.status and (event.verb is None or event.verb.kind is None):
        signs.append("vague_verb")
    return signs


def _of_time(unit: Unit, event: Event, year: int | None, dictionaries: Dictionaries) -> list[str]:
    years = years_in(unit.text)
    if year is not None and year in years:
        return ["programme_year"]
    if dictionaries.words.expressions["coming_time"].search(unit.text):
        return ["coming_time"]
    if not years or year is None:
        return ["coming_time"] if years and year is None else []
    if max(years) > year:
        return ["next_year"]
    # What is rounded off, goes on or is stopped may well have begun in an earlier year.
    return [] if event.status or not years_in(OF_EARLIER.sub("", unit.text)) else ["earlier_year"]


# "of de aanbevelingen uit 2025 zijn opgevolgd": the year of what it is about, not of the work.
OF_EARLIER = re.compile(r"\b(?:uit|over)(?: het jaar| de jaren)? 20[0-4]\d(?:\s?[-/–]\s?(?:20)?\d\d)?\b")


def years_in(text: str) -> set[int]:
    """The years a text names, both ends of a span (2021-2024, schooljaar 2024/25) included."""
    found: set[int] = set()
    for match in YEAR.finditer(text) if "20" in text else ():
        first = int(match.group(1))
        found.add(first)
        if match.group(2):
            found.add(int(match.group(2)) if len(match.group(2)) == 4 else first - first % 100 + int(match.group(2)))
    return found


def _of_place(place: Place) -> list[str]:
    return [name for name in place.__slots__ if getattr(place, name)]
