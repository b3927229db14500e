"""Under which names the inspectorate of a document speaks of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zichtlijn.analysis.documents.dictionaries import ActivityWords, Dictionaries, Name
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.mentions import Mention, Mentions, at_word
from zichtlijn.analysis.documents.proposals.traits import SHE, SPEAKER, speakers
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.words import Word, lowered, words_of


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The name of the inspectorate, when known, the common nouns that stand for it, and abbreviations as written.

    ``special`` are those of the nouns and abbreviations, in small letters, that no other document has.
    """

    name: str | None
    nouns: frozenset[str]
    abbreviations: frozenset[str] = frozenset()
    special: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """The inspectorate at the words ``[first, last]``, article included; ``plural`` tells the form of its verb."""

    first: int
    last: int
    plural: bool


def own_names_of(
    document: ReadDocument, units: Sequence[Unit], mentions: Mentions, dictionaries: Dictionaries
) -> OwnNames:
    """The inspectorate that speaks: the one in publisher, title or first lines, else the one that is named most."""
    told = f"{document.publisher or ''} {document.title or ''} {_first_lines(units)}"
    named = Counter(m.entity.name for m in mentions.all if m.entity.category == "organisation")
    ranked = sorted(
        (name for name in named if name.kind == "inspectorate"),
        key=lambda name: (-_is_told(name, told), -named[name]),
    )
    name = ranked[0] if ranked and _speaks(ranked, named, told) else None
    words = set(lowered(f"{name.name if name else ''} {told}"))
    own = {noun for noun in dictionaries.words.own if noun in words}
    own |= {match.group(1).lower() for unit in units[:FIRST_UNITS] for match in CALLED.finditer(unit.text)}
    capitals = {word.written for word in words_of(told) if ABBREVIATION.match(word.written)}
    others = {abbreviation for other in named if other != name for abbreviation in other.abbreviations}
    nouns, abbreviations = dictionaries.words.nouns | own, capitals - others
    special = {*(nouns - speakers(dictionaries.words)), *(word.lower() for word in abbreviations)}
    return OwnNames(name.name if name else None, frozenset(nouns), frozenset(abbreviations), tuple(sorted(special)))


def _first_lines(units: Sequence[Unit]) -> str:
    """The lines of the cover: the first few that are not sentences."""
    lines = []
    for unit in units[:COVER_LINES]:
        if len(unit.words) > LONGEST_COVER_LINE or unit.kind not in ("heading", "paragraph"):
            break
        lines.append(unit.text)
    return " ".join(lines)


def _speaks(ranked: Sequence[Name], named: Counter[Name], told: str) -> bool:
    """Whether the first of the supervisors is the one that speaks: told so, or named far more than any other."""
    if _is_told(ranked[0], told):
        return True
    others = named[ranked[1]] if len(ranked) > 1 else 0
    return named[ranked[0]] >= OFTEN and named[ranked[0]] > 2 * others


# "het Rijkstoezicht Bodem (hierna: het Rijkstoezicht)" near the beginning is the inspectorate itself.
CALLED = re.compile(r"\(hierna(?: te noemen)?:? [\"'“‘]?(?:de |het )([A-Z][^\W\d_]{3,})[\"'”’]?\)")
FIRST_UNITS, COVER_LINES, LONGEST_COVER_LINE, OFTEN = 40, 6, 14, 3


ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,3}[a-z]?$")


def _is_told(name: Name, told: str) -> bool:
    return name.name.casefold() in told.casefold() or any(word in told.split() for word in name.abbreviations)


def subjects_in(unit: Unit, mentions: Sequence[Mention], own: OwnNames, words: ActivityWords) -> Iterator[Subject]:
    """The places where the inspectorate is named and not governed by a preposition (van, door, aan …)."""
    named = {mention.first for mention in mentions if mention.entity.category == "organisation"}
    spoken = unit.traits & SPEAKER or (own.special and any(map(unit.text.lower().__contains__, own.special)))
    for position in range(len(unit.words)) if spoken else sorted(named):
        written, low, _, _ = unit.words[position]
        known = low in own.nouns or low in words.pronouns or low in SHE
        if not known and position not in named and written not in own.abbreviations:
            continue
        subject = _subject_at(unit.words, position, mentions, own, words)
        if subject is not None and not _governed(unit.words, subject.first, words):
            yield subject


def _subject_at(
    words: Sequence[Word], position: int, mentions: Sequence[Mention], own: OwnNames, known: ActivityWords
) -> Subject | None:
    word = words[position]
    if word.low in known.pronouns:
        return Subject(position, position, True)
    if word.low in SHE:
        return Subject(position, position, False)
    mention = at_word(mentions, position)
    if mention is not None and mention.entity.category == "organisation" and not _is_own_kind(mention, word, own):
        name = mention.entity.name
        mine = (name.name == own.name or name.kind == "network") and mention.first == position
        plural = words[mention.last].low.endswith("inspecties")
        return Subject(_with_article(words, position, known), mention.last, plural) if mine else None
    if word.written in own.abbreviations:
        return Subject(_with_article(words, position, known), position, False)
    if word.low not in own.nouns:
        return None
    first = _with_article(words, position, known)
    plural = word.low.endswith("s") and word.low != "dienst"
    return Subject(first, position, plural) if first < position or plural else None


def _is_own_kind(mention: Mention, word: Word, own: OwnNames) -> bool:
    """A kind of organisation of which the one that speaks is one: "de provincie" in a plan of a province."""
    return mention.first == mention.last and mention.entity.name.kind == "group" and word.low in own.nouns


def _with_article(words: Sequence[Word], position: int, known: ActivityWords) -> int:
    """Where the noun group begins: "de Inspectie", "onze inspecteurs", "de (eigen) inspectie"."""
    return position - 1 if position and words[position - 1].low in known.determiners else position


def _governed(words: Sequence[Word], first: int, known: ActivityWords) -> bool:
    if first == 0:
        return False
    before = words[first - 1].low
    if before in ("en", "of") and first > 1:
        return words[first - 2].low not in (",", ".") and words[first - 2].low not in known.by_form
    return before in known.prepositions
