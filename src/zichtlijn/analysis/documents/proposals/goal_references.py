"""Which goals a text points to without naming them in full: "SD1", "doel 2", "hoofddoel b", "onze tweede ambitie"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.goals import Goal
from zichtlijn.analysis.documents.proposals.keys import plain, telling_words
from zichtlijn.analysis.documents.proposals.units import Unit

NOUNS = (
    r"(?:strategische? |maatschappelijke? )?(?:hoofd|kern|toezicht)?"
    r"(?:doel(?:en|stelling(?:en)?)?|ambities?|speerpunt(?:en)?|pijlers?|programmalijn(?:en)?|opgaven?)"
)
MARK = r"(?:\d{1,2}|[a-e]|[A-E]|[IVX]{1,4})"
REFERENCE = re.compile(rf"\b{NOUNS} (?P<marks>{MARK}(?:\s*(?:,|en|&|/|\+)\s*{MARK})*)(?![\w.]*\w)", re.IGNORECASE)
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
ORDINAL = re.compile(rf"\b(?P<which>{'|'.join(ORDINALS)}) {NOUNS}\b", re.IGNORECASE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
# A line of its own under a heading that tells which goal the section serves.
SERVES = re.compile(
    rf"^(?:(?:dit|deze) (?:project|programma|hoofdstuk|thema|onderdeel|programmalijn) )?"
    rf"(?:draagt bij aan|bijdrage aan|levert een bijdrage aan|hoort bij|valt onder|"
    rf"{NOUNS}\s*:)",
    re.IGNORECASE,
)
SHORTEST_WORD, LONGEST_LINE = 4, 160


def goals_referred(text: str, goals: Sequence[Goal]) -> list[str]:
    """The titles of the goals that a text points to by number, letter or code, in the order of the goals."""
    if not goals:
        return []
    marks = {mark for match in REFERENCE.finditer(text) for mark in re.findall(MARK, match["marks"], re.IGNORECASE)}
    marks |= {str(ORDINALS[match["which"].lower()]) for match in ORDINAL.finditer(text)}
    numbers = {number for mark in marks if (number := _number(mark))}
    return [
        goal.title
        for position, goal in enumerate(goals, start=1)
        if (goal.number or position) in numbers or (goal.code and _code(goal.code).search(text))
    ]


def _number(mark: str) -> int | None:
    if mark.isdecimal():
        return int(mark)
    low = mark.lower()
    return ROMAN.get(low) or ("abcde".index(low) + 1 if low in "abcde" else None)


@cache
def _code(code: str) -> re.Pattern[str]:
    letters, digits = re.match(r"([A-Za-z]+)\s?(\d+)", code).groups()  # type: ignore[union-attr]
    return re.compile(rf"(?<!\w){letters}[\s-]?{digits}(?!\d)")


def goals_of_sections(
    document: ReadDocument, goals: Sequence[Goal], units: Sequence[Unit]
) -> dict[int, tuple[str, ...]]:
    """Per section the goals it serves: it is headed by one, or its heading or first line points to some.

    Where no heading does, a heading that shares a word with the title or description of one goal only counts.
    """
    found: dict[int, tuple[str, ...]] = {section: (goal.title,) for goal in goals for section in goal.sections}
    for section in document.sections:
        if section.index not in found and (named := goals_referred(section.title, goals)):
            found[section.index] = tuple(named)
    for unit in units:
        if unit.section is not None and unit.section not in found and _is_line(unit):
            named = goals_referred(unit.text, goals) or _named_in(unit.text, goals)
            if named:
                found[unit.section] = tuple(named)
    return found or _by_words(document, goals)


def _is_line(unit: Unit) -> bool:
    return len(unit.text) <= LONGEST_LINE and unit.kind in ("paragraph", "list_item") and bool(SERVES.match(unit.text))


def _named_in(text: str, goals: Sequence[Goal]) -> list[str]:
    low = plain(text)
    return [goal.title for goal in goals if plain(goal.title) in low]


def _by_words(document: ReadDocument, goals: Sequence[Goal]) -> dict[int, tuple[str, ...]]:
    words = _own_words(goals)
    found: dict[int, tuple[str, ...]] = {}
    announced = {unit.section for goal in goals for unit in goal.units}
    for section in document.sections:
        titles = {words[word] for word in telling_words(section.title) if word in words}
        if len(titles) == 1 and section.index not in announced:
            found[section.index] = (titles.pop(),)
    return found


def _own_words(goals: Sequence[Goal]) -> Mapping[str, str]:
    """Words that stand in the title or description of one goal only."""
    spoken = {goal.title: set(telling_words(" ".join([goal.title, *(u.text for u in goal.units)]))) for goal in goals}
    counts = Counter(word for words in spoken.values() for word in words)
    return {
        word: title
        for title, words in spoken.items()
        for word in words
        if counts[word] == 1 and len(word) >= SHORTEST_WORD
    }
