"""Which organisations, chains, acts and groups are named where in a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from zichtlijn.analysis.documents.dictionaries import Dictionaries, Name, compiled
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.abbreviations import Explained, explained_in
from zichtlijn.analysis.documents.proposals.act_names import act_names_in
from zichtlijn.analysis.documents.proposals.organisation_names import organisation_names_in
from zichtlijn.analysis.documents.proposals.traits import ACT, CHAIN, ORGANISATION
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.words import Hit, NameIndex

Category = Literal["organisation", "chain", "act", "group"]
Origin = Literal["dictionary", "explained", "pattern"]
LONGEST_UNCERTAIN = 2
CHAIN_WORD = re.compile(r"(?P<chain>[^\W\d_]{3,}keten)s?$")
NOT_CHAINS = frozenset({"uitvoeringsketen", "deelketen", "samenwerkingsketen", "informatieketen", "productieketen"})


@dataclass(frozen=True, slots=True)
class Entity:
    """What a name stands for, and how we know it: from a dictionary, explained in the text, or by its form."""

    category: Category
    name: Name
    origin: Origin = "dictionary"


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity at the words ``[first, last]`` and characters ``[start, end)`` of a unit."""

    entity: Entity
    unit: int
    first: int
    last: int
    start: int
    end: int
    abbreviated: bool


@dataclass
class Mentions:
    """All mentions in the order of the text, also by unit, and the abbreviations that the document itself explains."""

    all: list[Mention] = field(default_factory=list)
    by_unit: dict[int, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    explained: dict[tuple[Category, str], str] = field(default_factory=dict)

    def of(self, units: Sequence[int], category: Category) -> tuple[str, ...]:
        """The names of one category in these units, each once, in the order of the text."""
        names = [m.entity.name.name for unit in units for m in self.by_unit.get(unit, ()) if _is(m, category)]
        return tuple(dict.fromkeys(names))


def _is(mention: Mention, category: Category) -> bool:
    return mention.entity.category == category


def mentions_in(document: ReadDocument, units: Sequence[Unit], dictionaries: Dictionaries) -> Mentions:
    """Every name in the document; an abbreviation counts when a dictionary or the document itself explains it."""
    index = compiled(dictionaries, "names", lambda: _index_of(dictionaries))
    explained = explained_in(document.text, index)
    own = _own_index(explained)
    found = Mentions(explained={(e.entity.category, e.entity.name.name): e.abbreviation for e in explained})
    for unit in units:
        for mention in _mentions_of(unit, index, own):
            found.all.append(mention)
    _drop_uncertain(found, {e.abbreviation for e in explained}, _shared(dictionaries))
    for mention in found.all:
        found.by_unit[mention.unit].append(mention)
    return found


def _index_of(dictionaries: Dictionaries) -> NameIndex[Entity]:
    index: NameIndex[Entity] = NameIndex()
    groups: tuple[tuple[Category, tuple[Name, ...]], ...] = (
        ("organisation", dictionaries.organisations),
        ("chain", dictionaries.chains),
        ("act", dictionaries.acts),
        ("group", dictionaries.groups),
    )
    for category, names in groups:
        for name in names:
            entity = Entity(category, name)
            for phrase in (name.name, *name.aliases):
                index.add(phrase, entity)
            for abbreviation in name.abbreviations:
                index.add_abbreviation(abbreviation, entity)
            for head in name.heads:
                (index.add_abbreviation if head.isupper() else index.add)(head, entity)
    return index


def _own_index(explained: Sequence[Explained]) -> NameIndex[Entity]:
    index: NameIndex[Entity] = NameIndex()
    for found in explained:
        index.add_abbreviation(found.abbreviation, found.entity)
        if found.entity.origin == "explained":
            index.add(found.entity.name.name, found.entity)
    return index


def _shared(dictionaries: Dictionaries) -> frozenset[str]:
    names = (*dictionaries.organisations, *dictionaries.chains, *dictionaries.acts)
    seen: set[str] = set()
    twice = {abbr for name in names for abbr in name.abbreviations if abbr in seen or seen.add(abbr)}  # type: ignore[func-returns-value]
    return frozenset(twice)


def _mentions_of(unit: Unit, index: NameIndex[Entity], own: NameIndex[Entity]) -> list[Mention]:
    hits = [*own.find(unit.text, unit.words), *index.find(unit.text, unit.words)]
    if not hits:
        return _by_form(unit)
    found = [_named_after_head(unit, hit) for hit in _apart(hits) if _stands_alone(unit, hit)]
    found = [mention for mention in found if not _is_bare_head(unit, mention)]
    taken = {position for mention in found for position in range(mention.first, mention.last + 1)}
    found += [mention for mention in _by_form(unit) if not taken & set(range(mention.first, mention.last + 1))]
    return sorted(found, key=lambda mention: mention.first)


def _stands_alone(unit: Unit, hit: Hit[Entity]) -> bool:
    """Not a piece of a web address, and not a ministry's abbreviation that only colours a word (JenV-domein)."""
    before, after = unit.text[hit.start - 1 : hit.start], unit.text[hit.end : hit.end + 2]
    if (before and before in "/.@_=") or re.match(r"[./@_][a-z]|/", after):
        return False
    return not (hit.abbreviated and hit.what.name.kind == "ministry" and re.match(r"-\w", after))


def _is_bare_head(unit: Unit, mention: Mention) -> bool:
    """A short head without a name behind it (PI) that is no abbreviation of the kind itself."""
    written, name = unit.text[mention.start : mention.end], mention.entity.name
    return written.isupper() and written in name.heads and written not in name.abbreviations


def _apart(hits: list[Hit[Entity]]) -> list[Hit[Entity]]:
    kept: list[Hit[Entity]] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept


def _named_after_head(unit: Unit, hit: Hit[Entity]) -> Mention:
    """A kind of organisation with a proper name behind it is that one organisation (gemeente + Breda)."""
    name = hit.what.name
    written = unit.text[hit.start : hit.end]
    if not any(written.casefold() == head.casefold() for head in name.heads):
        return Mention(hit.what, unit.index, hit.first, hit.last, hit.start, hit.end, hit.abbreviated)
    last = hit.last
    while last + 1 < len(unit.words) and last - hit.last < MAX_PROPER_WORDS and _proper(unit, last + 1):
        last += 1
    if last == hit.last:
        return Mention(hit.what, unit.index, hit.first, hit.last, hit.start, hit.end, hit.abbreviated)
    end = unit.words[last].end
    head = _full_head(name, written)
    own = Name(f"{head} {unit.text[unit.words[hit.last + 1].start : end]}", domain=name.domain, kind="organisation")
    return Mention(Entity("organisation", own, "pattern"), unit.index, hit.first, last, hit.start, end, False)


MAX_PROPER_WORDS = 3


def _full_head(name: Name, written: str) -> str:
    head = name.heads[0] if written.isupper() else written
    return " ".join(word[:1].upper() + word[1:] for word in head.split())


def _proper(unit: Unit, position: int) -> bool:
    word, before = unit.words[position], unit.words[position - 1]
    return word.written[0].isupper() and unit.text[before.end : word.start] in (" ", "-", "\n")


def _by_form(unit: Unit) -> list[Mention]:
    """Names that no dictionary holds but whose form tells what they are: words on -keten, "Wet …"."""
    found = []
    for position, word in enumerate(unit.words) if unit.traits & CHAIN else ():
        match = CHAIN_WORD.match(word.low) if "keten" in word.low else None
        if match and match["chain"] not in NOT_CHAINS:
            entity = Entity("chain", Name(match["chain"].capitalize(), kind="chain"), "pattern")
            found.append(Mention(entity, unit.index, position, position, word.start, word.end, False))
    by_form: list[tuple[Category, Iterator[tuple[Name, int, int]]]] = []
    if unit.traits & ACT or "/" in unit.text:  # a European act has its number behind a stroke
        by_form.append(("act", act_names_in(unit.text, unit.words)))
    if unit.traits & ORGANISATION:
        by_form.append(("organisation", organisation_names_in(unit.text, unit.words)))
    for category, names in by_form:
        for name, first, last in names:
            place = (unit.words[first].start, unit.words[last].end)
            found.append(Mention(Entity(category, name, "pattern"), unit.index, first, last, *place, False))
    return found


def _drop_uncertain(found: Mentions, explained: set[str], shared: frozenset[str]) -> None:
    """An abbreviation of two letters, or one of two owners, counts only when explained or its full name occurs."""
    in_full = {mention.entity for mention in found.all if not mention.abbreviated}
    kept = []
    for mention in found.all:
        if mention.abbreviated and mention.entity not in in_full:
            name = mention.entity.name
            written = _written(mention, name)
            uncertain = len(written) <= LONGEST_UNCERTAIN or written in shared
            if uncertain and written not in explained and written not in name.certain:
                continue
        kept.append(mention)
    found.all = kept


def _written(mention: Mention, name: Name) -> str:
    length = mention.end - mention.start
    return next(
        (a for a in name.abbreviations if len(a) == length), name.abbreviations[0] if name.abbreviations else ""
    )


def at_word(mentions: Sequence[Mention], position: int) -> Mention | None:
    """The mention that covers a word, if any."""
    return next((m for m in mentions if m.first <= position <= m.last), None)
