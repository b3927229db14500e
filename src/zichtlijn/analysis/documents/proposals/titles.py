"""Short Dutch titles for activities, made from the words of the sentence: what is looked at, told, built or ended."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.phrases import (
    ARTICLE,
    BETWEEN_COMMAS,
    LONGEST,
    SHORTEST,
    about_what,
    bare,
    first_clause,
    joined,
    shortened,
    tidied,
)
from zichtlijn.analysis.documents.proposals.title_announcements import TOGETHER, WOUND_DOWN, of_announcement
from zichtlijn.analysis.documents.proposals.title_objects import of_object
from zichtlijn.analysis.documents.proposals.title_parts import (
    FINITE_HELPERS,
    HELPING,
    QUESTION,
    before_finite,
    infinitive_phrase,
    is_object,
    noun_of,
    place_last,
    plain_start,
    question,
    spaced,
    without_companion,
)
from zichtlijn.analysis.documents.proposals.units import Unit

SUBJECT_ENDS = re.compile(r"\s(?:zich|gericht|in 20\d\d|ook|verder|met name)\b|,")

ABOUT = re.compile(r"\b(?:op|aan|naar|door)\s+(.+)$")

LIST_MARK = re.compile(r"^(?:\d+[.)]|[a-z][.)]|[-•*–])\s+")

PHASES = ("finishing", "starting", "stopped", "publishing", "continuing")


def title_of(unit: Unit, event: Event) -> str:
    """A title of at most 100 characters, cut between words."""
    ended = WOUND_DOWN.match(unit.text)
    if ended:
        return shortened(tidied(joined("Beëindiging van", first_clause(bare(ended["what"])))))
    together = TOGETHER.match(unit.text)
    if together and event.kind == "co-operation":
        return shortened(tidied(joined("Bijeenkomsten van", first_clause(bare(together["who"])))))
    if event.subject is None:
        raw = {"passive": _of_passive, "announced": of_announcement}.get(event.mode, _of_line)(unit, event)
    elif event.mode == "supervision":
        raw = _of_supervision(unit, event)
    else:
        raw = of_object(unit, event)
    title = shortened(tidied(raw))
    extra = about_what(before_finite(unit, event))
    if extra and len(title) + len(extra) < LONGEST and extra.lower() not in title.lower():
        title = f"{title} {extra}"
    return title if len(title) >= SHORTEST else shortened(tidied(unit.text))


def _of_passive(unit: Unit, event: Event) -> str:
    """The subject of the passive, without the verbs: "wordt onderzoek gedaan naar X" is "Onderzoek naar X"."""
    kept = [word for i, word in enumerate(unit.words) if word.low not in HELPING and i != event.verb_at]
    front = before_finite(unit, event)
    if front and not is_object(front):
        kept = [word for word in kept if word.start >= len(front)]
    end = unit.words[event.verb_at].end
    asked = ASKED_BEHIND.match(unit.text, end) or ASKED_BEHIND.match(unit.text, _end_of_helper(unit, end))
    if asked:
        return question(event.words, asked["question"])
    text = first_clause(PURPOSE_FIRST.sub("", bare(spaced(unit.text, kept)))).strip(" ,.")
    if QUESTION.match(text):
        return question(event.words, text)
    text = without_companion(text, event)
    if noun_of(event) is None and not (event.verb and event.verb.companions):
        return infinitive_phrase(text, event)
    if event.verb is not None and not event.verb.noun and not NOUN_FIRST.match(text):
        return infinitive_phrase(text, event)
    return joined(noun_of(event), place_last(plain_start(text)))


def _end_of_helper(unit: Unit, end: int) -> int:
    """Where the helping verb right behind the participle ends: "Nagegaan wordt of …"."""
    following = next((word for word in unit.words if word.start >= end), None)
    return following.end if following is not None and following.low in HELPING else end


ASKED_BEHIND = re.compile(
    r"\s+(?P<question>(?:of|hoe|welke|wat|in hoeverre|waar|waarom)\s.+)$", re.IGNORECASE | re.DOTALL
)

PURPOSE_FIRST = re.compile(
    r"^\W*(?:ten behoeve van|op grond van|ter uitvoering van|met het oog op|naar aanleiding van|op basis van|"
    r"in verband met)\s[^,]*?(?:,[^,]*,\s*|\s(?=een\b)|,\s*)",
    re.IGNORECASE,
)

NOUN_FIRST = re.compile(r"^(?:onderzoek|toezicht|controles?|inspecties?)\b", re.IGNORECASE)


def _of_line(unit: Unit, event: Event) -> str:
    """A line of a list: what stands before its colon, else its first clause."""
    line = LIST_MARK.sub("", unit.text)
    head, colon, _ = line.partition(": ")
    return head if colon and len(head) >= SHORTEST else first_clause(bare(line))


def _of_supervision(unit: Unit, event: Event) -> str:
    """ "Het toezicht op X richt zich op Y" is "Toezicht op X: Y"."""
    subject, finite = event.subject, unit.words[event.verb_at]
    if subject is None:
        return unit.text
    start = unit.words[subject.last].start
    if event.verb_at < subject.first:
        end = SUBJECT_ENDS.search(unit.text, start)
        head, rest = (unit.text[start : end.start()], unit.text[end.end() :]) if end else (unit.text[start:], "")
    else:
        head, rest = unit.text[start : finite.start], unit.text[finite.end :]
    head, rest = BETWEEN_COMMAS.sub(" ", head).strip(" ,"), re.split(r"[;:]", rest)[0]
    if event.kind == "publication" and event.verb is not None:
        return joined(event.verb.noun, without_companion(_without_participle(head, event), event))
    if event.status in PHASES:
        rest = _without_particle(rest, event)
        has_object = re.match(r"\s*(?:de|het|een|zijn|haar)\s", rest) is not None
        plain = _without_participle(bare(rest if has_object else f"{first_clause(head)} {rest}"), event)
        return joined(event.verb.noun if event.verb else None, plain)
    about = ABOUT.search(bare(rest))
    if about is None:
        return _without_participle(bare(f"{head} {first_clause(bare(rest))}"), event)
    return f"{tidied(bare(head))}: {ARTICLE.sub('', first_clause(about.group(1)))}"


def _without_particle(text: str, event: Event) -> str:
    """Without the loose part that closes the clause: "zet de campagne voort"."""
    particle = event.verb.particle if event.verb else ""
    return re.sub(rf"\s{re.escape(particle)}[\s.]*$", "", text) if particle else text


def _without_participle(text: str, event: Event) -> str:
    forms = {form for form, _ in event.verb.forms} if event.verb else set()
    kept = [word for word in text.split() if word.strip(".,;").lower() not in forms | FINITE_HELPERS]
    return re.sub(r"\b(?:vóór|voor|per|op|uiterlijk)\s*$", "", " ".join(kept))
