"""Abbreviations that a document explains itself: "Centraal Orgaan opvang asielzoekers (COA)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zichtlijn.analysis.documents.dictionaries import Name
from zichtlijn.analysis.documents.proposals.words import NameIndex, Word, words_of

if TYPE_CHECKING:
    from zichtlijn.analysis.documents.proposals.mentions import Entity

IN_BRACKETS = re.compile(
    r"\((?:hierna[:,]? |afgekort(?: als)? |kortweg )?[\"'“‘]?(?:de |het )?([^\W\d_][\w&+’'./-]{1,11})[\"'”’]?\)"
)
CAPITALS = re.compile(r"[A-Z]")
LOOK_BACK = 140
HEAD_OF_ORGANISATION = re.compile(
    r"(?:dienst|raad|autoriteit|inspectie|bureau|college|instituut|centrum|agentschap|stichting|ministerie|kamer|"
    r"academie|fonds|orde|federatie|vereniging|organisatie|coördinator|eenheid|commissie|koepel|rekenkamer|orgaan|"
    r"toezichthouder|maatschappij|unie|verbond|huis|organen|diensten|raden|teams|authority|agency|office|council)$"
)
SUPERVISOR = re.compile(r"inspectie|autoriteit|toezicht|commissariaat", re.IGNORECASE)
FILLERS = frozenset(
    {"van", "de", "het", "der", "den", "en", "voor", "op", "in", "te", "ter", "tot", "inzake", "and", "of"}
)


@dataclass(frozen=True, slots=True)
class Explained:
    """An abbreviation with what it stands for; the name is from a dictionary or was read from the text."""

    abbreviation: str
    entity: Entity


def explained_in(text: str, index: NameIndex[Entity]) -> list[Explained]:
    """The abbreviations in brackets that stand behind a name we know, or behind words with these initials."""
    found: dict[str, Explained] = {}
    for match in IN_BRACKETS.finditer(text):
        abbreviation = match.group(1).strip(".")
        if (
            abbreviation in found
            or len(CAPITALS.findall(abbreviation)) < 1
            or (abbreviation.istitle() and len(abbreviation) > 4)
        ):
            continue
        before = text[max(0, match.start() - LOOK_BACK) : match.start()].rstrip("* _\n")
        entity = _known_before(before, index) or _spelled_before(before, abbreviation)
        if entity is not None:
            found[abbreviation] = Explained(abbreviation, entity)
    return list(found.values())


def _known_before(before: str, index: NameIndex[Entity]) -> Entity | None:
    words = words_of(before)
    hits = [hit for hit in index.find(before, words) if hit.last == len(words) - 1 and not hit.abbreviated]
    return hits[-1].what if hits and hits[-1].what.category != "group" else None


def _spelled_before(before: str, abbreviation: str) -> Entity | None:
    from zichtlijn.analysis.documents.proposals.mentions import Entity

    words = _words_with_initials(words_of(before), [letter.lower() for letter in abbreviation if letter.isalpha()])
    if not words or not words[0].written[0].isupper():
        return None
    name = re.sub(r"[*_\s]+", " ", before[words[0].start : words[-1].end]).strip()
    if any(HEAD_OF_ORGANISATION.search(word.low) for word in words):
        kind = "inspectorate" if SUPERVISOR.search(name) else "organisation"
        return Entity("organisation", Name(name, abbreviations=(abbreviation,), kind=kind), "explained")
    return None


def _words_with_initials(words: list[Word], letters: list[str]) -> list[Word]:
    """The last words of which the initials, fillers aside, are these letters; empty when they are not.

    A compound may give two letters: Natuurbeheerders is N and B.
    """
    position = len(words) - 1
    while letters and position >= 0:
        word = words[position]
        taken = next((count for count in (1, 2) if _gives(word.low, letters[-count:])), 0)
        if taken:
            letters = letters[:-taken]
        elif word.low not in FILLERS:
            return []
        position -= 1
    return words[position + 1 :] if not letters else []


def _gives(low: str, letters: list[str]) -> bool:
    return bool(letters) and low.startswith(letters[0]) and all(letter in low[2:] for letter in letters[1:])
