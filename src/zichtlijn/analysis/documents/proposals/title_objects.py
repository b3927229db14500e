"""Titles from the object of the verb of which the inspectorate is the subject."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.own_names import Subject
from zichtlijn.analysis.documents.proposals.phrases import SHORTEST, WHEN, bare, first_clause, joined, phrase
from zichtlijn.analysis.documents.proposals.title_parts import (
    FEW,
    HELPING,
    OBJECT_OPENINGS,
    PREPOSITION,
    QUESTION,
    before_finite,
    infinitive_phrase,
    is_object,
    noun_of,
    place_last,
    plain_start,
    question,
    without_companion,
)
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.verbs import loose_part_at


def of_object(unit: Unit, event: Event) -> str:
    """The object of the verb of which the inspectorate is the subject."""
    if event.subject is None:
        return unit.text
    infinitive = _after_opening(unit, event)
    if infinitive:
        return joined(noun_of(event), first_clause(bare(infinitive)))
    text = _middle(unit, event, event.subject)
    return _of_clause(text, event) or _of_thing(unit, event, re.sub(r"^er\b\s*", "", text))


def _middle(unit: Unit, event: Event, subject: Subject) -> str:
    """What stands behind verb and subject, up to the next clause."""
    second = event.finite_at is None and event.verb_at > subject.last
    begin = unit.words[event.verb_at if second else subject.last].end
    text = _one_clause(_without_verbs(unit, begin, event))
    text = re.sub(r"^(?:zich|zelf|als \w+)\b\s*", "", bare(text).strip(" ,"))
    if subject.plural and unit.words[subject.last].low not in ("we", "wij"):
        text = re.sub(r"^van (?:de|het|onze) \w+\s+", "", text)
    return IN_VIEW.sub("", text).strip(" ,")


def _of_clause(text: str, event: Event) -> str:
    """ "Erop toezien dat …", "Nagaan of …", "Kennis aanbieden": the object is a clause; empty when it is none."""
    claim = THERE.match(text)
    if claim and event.verb is not None:
        return f"er{claim['on'] or claim['glued']} {event.words} {claim['clause']}"
    text = re.sub(r"^er\b\s*", "", text)
    means = BY_DOING.search(text) if event.words in ("inzetten", "doen") else None
    if means:
        rest = re.split(r"\s(?:en|om)\s", means["rest"])[0]
        return phrase(f"{means['what']} {rest}", f"{means['particle'] or ''}{means['verb']}")
    text = re.sub(r"^\w+(?:gewijs|lijks?|ens)\s+(?=(?:of|hoe|wat|welke)\b)", "", text)
    asked = event.verb is not None and (QUESTION.match(text) or ASKED.match(text))
    return question(event.words, text) if asked else ""


def _of_thing(unit: Unit, event: Event, text: str) -> str:
    """ "Publicatie van het rapport", "Het stelsel bezien": the object is a thing."""
    text = without_companion(text, event)
    front = _object_in_front(unit, event, text)
    noun = noun_of(event)
    if not noun and not front and event.verb is not None and not event.verb.noun:
        text = f"{_any_object_in_front(unit, event)} {text}"
    elif not front and PREPOSITION.match(text):
        text = f"{plain_start(_any_object_in_front(unit, event))} {text}".strip()
    text = front or first_clause(place_last(text.strip(" .,;")))
    if noun is not None and noun.lower() == event.words and not PREPOSITION.match(text):
        return infinitive_phrase(text, event)
    if noun == "Aandacht voor":
        return _of_attention(text)
    if noun or event.verb is None or event.verb.noun:
        return joined(noun, text)
    return infinitive_phrase(text, event)


def _of_attention(text: str) -> str:
    """ "richt haar toezicht op X" is "Toezicht op X", "richt zich op X" is "Aandacht voor X"."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:haar|ons|onze|het|de) (?=(?:toezicht|aandacht|inzet|capaciteit)\b)", "", text)
    if re.match(r"toezicht (?:op|bij|in)\b", text):
        return text
    return joined("Aandacht voor", re.sub(r"^(?:(?:aandacht|inzet|capaciteit|pijlen) )?op\s+", "", text))


def _any_object_in_front(unit: Unit, event: Event) -> str:
    """What stands before the verb when it is an object, whatever follows: "Scholen en ouders brengen we in gesprek"."""
    front = before_finite(unit, event)
    return bare(front) if is_object(front) and not WHEN.match(front) else ""


def _one_clause(text: str) -> str:
    """Up to "en" or "maar" with a verb behind it: "… en werft daarvoor", "… en praten bij elk bezoek"."""
    cut = SECOND_CLAUSE.search(text)
    return text[: cut.start()] if cut and cut.start() >= SHORTEST else text


IN_VIEW = re.compile(
    r"^in het (?:kader|licht) van (?:de |het |een |haar |ons )?[\w-]+"
    r"(?: van (?:de |het |een |haar )?[\w-]+(?: [\w-]+)?)?\s*,?\s*"
    r"(?=(?:de|het|een|haar|hun|ons|onze)\b)"
)

THERE = re.compile(
    r"^(?:er\b.*?\b(?P<on>op|aan|voor|naar|toe|mee)|er(?P<glued>op|aan|voor|naar|toe|mee)) "
    r"(?P<clause>(?:dat|of|hoe) .+)$",
    re.DOTALL,
)

BY_DOING = re.compile(
    r"\bdoor (?:onder andere |onder meer )?(?P<what>.+?)\s"
    r"(?:(?P<particle>aan|op|uit|in|af|mee|voor|terug|na|bij|toe) )?"
    r"te (?P<verb>\w+en|\w*gaan|\w*zien|\w*doen)\b(?P<rest>[^,;]*)"
)

ASKED = re.compile(
    r"^(?:bij|op|in|onder|tussen|binnen) [^,;]{3,60}? (?:hoe|of|wat|welke|waarom|in hoeverre)\b", re.IGNORECASE
)

SECOND_CLAUSE = re.compile(
    r",?\s+(?:en|maar)\s+(?:(?:letten|praten|kijken|bezoeken|spreken|werken|doen|gaan|maken|geven|stellen|houden|"
    r"volgen|zetten|starten|publiceren|rapporteren|delen|brengen|bespreken|onderzoeken|toetsen|controleren)\b(?! van)|"
    r"(?:werft|rapporteert|verhuist|publiceert|bespreekt|deelt|let|praat|controleert|onderzoekt|toetst|bezoekt|legt|"
    r"ontwikkelt|organiseert|informeert|signaleert|adviseert|monitort|stuurt|vraagt|zorgt|draagt|ziet)\b).*$",
    re.DOTALL,
)


def _after_opening(unit: Unit, event: Event) -> str:
    """ "doen we door containers te controleren in de haven": "containers in de haven"."""
    if event.verb is None or unit.words[event.verb_at - 1].low != "te":
        return ""
    before = unit.text[: unit.words[event.verb_at - 1].start]
    opening = re.search(r".*\b(?:door|om)\s", before)
    return f"{before[opening.end() :]}{unit.text[unit.words[event.verb_at].end :]}" if opening else ""


def _object_in_front(unit: Unit, event: Event, after: str) -> str:
    """The object before the verb ("Het project X ronden we af"); a plain noun only when little comes after it."""
    front = before_finite(unit, event)
    if not is_object(front) or WHEN.match(front):
        return ""
    if front.split(" ", 1)[0].lower() not in OBJECT_OPENINGS and len(after.split()) > FEW // 2:
        return ""
    words = first_clause(bare(re.split(r",? (?:dat|die|waar\w*) ", front)[0]))
    return words[:1].lower() + words[1:]


def _without_verbs(unit: Unit, begin: int, event: Event) -> str:
    """The text from ``begin`` without the verb, its loose part and helping verbs."""
    particle = event.verb.particle if event.verb else ""
    dropped = {event.verb_at, event.finite_at}
    if particle and not unit.words[event.verb_at].low.startswith(particle):
        dropped.add(loose_part_at(unit.words, event.verb_at, particle))
    parts, at = [], begin
    for index, word in enumerate(unit.words):
        if word.start < begin:
            continue
        if index in dropped or (word.low in HELPING and (word.start - begin < NEAR or index + 1 in dropped)):
            parts.append(unit.text[at : word.start])
            at = word.end
    parts.append(unit.text[at:])
    return " ".join(part.strip() for part in parts)


NEAR = 12
