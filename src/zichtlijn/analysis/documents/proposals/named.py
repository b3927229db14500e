"""Organisations, chains, acts and footnotes as proposals: each once, with the places where it is named."""

from __future__ import annotations

from collections.abc import Container, Sequence

from zichtlijn.analysis.documents.model import Proposal, ProposalType, ReadDocument
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.keys import name_key, plain
from zichtlijn.analysis.documents.proposals.mentions import Category, Mention, Mentions
from zichtlijn.analysis.documents.proposals.quotes import mention_quote, whole_quotes
from zichtlijn.analysis.documents.proposals.units import Unit

MOST_QUOTES = 12
TYPES: dict[Category, ProposalType] = {"organisation": "organisation", "chain": "chain", "act": "act"}
CERTAINTY = {"dictionary": 0.97, "explained": 0.85, "pattern": 0.82}
GROUP_CERTAINTY = 0.8
BWB_LINK = "BWB"


def named_proposals(
    document: ReadDocument, units: Sequence[Unit], mentions: Mentions, active: Container[int]
) -> list[Proposal]:
    """One proposal per organisation, chain and act, in the order in which they first occur.

    ``active`` are the units of activities: a kind of organisations (schools, hospitals) that is named nowhere in one,
    and only once, is background.
    """
    by_name: dict[tuple[ProposalType, str], list[Mention]] = {}
    for mention in mentions.all:
        kind = TYPES.get(mention.entity.category)
        if kind is not None:
            by_name.setdefault((kind, plain(mention.entity.name.name)), []).append(mention)
    return [_proposal(document, units, found, mentions) for found in by_name.values() if _counts(found, active)]


def _counts(found: Sequence[Mention], active: Container[int]) -> bool:
    entity = found[0].entity
    # A kind with an abbreviation (GI, JJI) is one that an act knows by that name.
    if entity.category != "organisation" or entity.name.kind != "group" or entity.name.abbreviations:
        return True
    return len({mention.unit for mention in found}) > 1 or any(mention.unit in active for mention in found)


def _proposal(
    document: ReadDocument,
    units: Sequence[Unit],
    found: Sequence[Mention],
    mentions: Mentions,
) -> Proposal:
    kind = TYPES[found[0].entity.category]
    first = next((mention for mention in found if not mention.abbreviated), found[0])
    name = first.entity.name
    explained = mentions.explained.get((first.entity.category, name.name))
    shown = sorted(_one_per_unit(found)[:MOST_QUOTES], key=lambda mention: mention.unit)
    written = units[first.unit].text[first.start : first.end]
    return Proposal(
        type=kind,
        key=name_key(kind, name.name),
        title=name.name,
        confidence=_confidence(first),
        reason=_reason(first),
        reason_terms={"words": written},
        quotes=tuple(mention_quote(document, units[m.unit], m.start, m.end) for m in shown),
        domain=name.domain,
        abbreviation=explained or (name.abbreviations[0] if name.abbreviations else None),
        identifier=name.identifier or (_linked(document, units, found) if kind == "act" else None),
    )


def _one_per_unit(found: Sequence[Mention]) -> list[Mention]:
    seen: dict[int, Mention] = {}
    for mention in found:
        seen.setdefault(mention.unit, mention)
    return list(seen.values())


def _confidence(mention: Mention) -> float:
    if mention.entity.name.kind == "group":
        return GROUP_CERTAINTY
    base = CERTAINTY[mention.entity.origin]
    return base - 0.05 if mention.abbreviated else base


def _reason(mention: Mention) -> str:
    if mention.entity.origin == "explained":
        return reasons.NAME_EXPLAINED
    if mention.entity.origin == "pattern":
        return reasons.NAME_BY_FORM
    return reasons.ABBREVIATION_KNOWN if mention.abbreviated else reasons.NAME_KNOWN


def _links(document: ReadDocument) -> dict[str, str]:
    """Per footnote mark the BWB number in its address on wetten.overheid.nl."""
    found = {}
    for note in document.footnotes:
        for url in note.urls:
            number = next((part for part in url.split("/") if part.startswith(BWB_LINK) and len(part) >= 11), None)
            if number:
                found[note.mark] = number[:11]
    return found


def _linked(document: ReadDocument, units: Sequence[Unit], found: Sequence[Mention]) -> str | None:
    links = _links(document)
    for mention in found:
        for mark in units[mention.unit].footnotes:
            if mark in links and len({m.entity for m in found}) == 1:
                return links[mark]
    return None


def footnote_proposals(document: ReadDocument, units: Sequence[Unit]) -> list[Proposal]:
    """Every note with its mark and addresses; its title is its text, or its address when it has no text."""
    by_passage: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.kind == "footnote":
            by_passage.setdefault(unit.passage, []).append(unit)
    return [
        Proposal(
            type="footnote",
            key=name_key("footnote", f"{note.mark} {note.text}"[:120]),
            title=_note_title(note.text, note.mark),
            confidence=0.97,
            reason=reasons.FOOTNOTE,
            reason_terms={"words": note.mark},
            quotes=whole_quotes(document, by_passage[note.passage]),
            description=note.text,
            mark=note.mark,
            urls=note.urls,
        )
        for note in document.footnotes
        if note.passage in by_passage
    ]


def _note_title(text: str, mark: str) -> str:
    title = text.strip() or f"Noot {mark}"
    return title if len(title) <= 100 or " " not in title[:100] else title[:100].rsplit(" ", 1)[0] + " …"
