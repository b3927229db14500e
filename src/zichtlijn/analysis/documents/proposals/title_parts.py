"""Parts that titles are made with: what stands in front, the noun of a verb, a question, an infinitive phrase."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.phrases import LONGEST, RELATIVE, SHORTEST, phrase
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.words import Word

HELPING = frozenset(
    ["zal", "zullen", "gaat", "gaan", "wil", "willen", "blijven", "blijft", "worden", "wordt", "kan", "kunnen", "er"]
)

QUESTION = re.compile(r"^(?:hoe|of|wat|dat|welke|waar|in hoeverre|er|wie|waarom)\b", re.IGNORECASE)


def before_finite(unit: Unit, event: Event) -> str:
    """What stands before the finite verb when the subject comes after it."""
    finite = event.finite_at if event.finite_at is not None else _helper_at(unit)
    if finite is None or finite == 0 or (event.subject is not None and finite > event.subject.first):
        return ""
    return unit.text[: unit.words[finite].start].strip(" ,")


def _helper_at(unit: Unit) -> int | None:
    return next((i for i, word in enumerate(unit.words) if word.low in FINITE_HELPERS), None)


def plain_start(text: str) -> str:
    """A plain noun that opened the sentence in small letters; a name keeps its capital."""
    first, _, rest = text.partition(" ")
    plain = first.endswith(("en", "s", "ing", "id")) and first[1:].islower() and rest[:1].islower()
    return text[:1].lower() + text[1:] if plain else text


def spaced(text: str, words: list[Word]) -> str:
    """These words with what stands between neighbours in the text."""
    parts = []
    for index, word in enumerate(words):
        after = words[index + 1].start if index + 1 < len(words) else len(text)
        gap = text[word.end : after]
        parts.append(text[word.start : word.end] + (gap if len(gap) <= GAP else " "))
    return "".join(parts)


GAP = 3


def infinitive_phrase(text: str, event: Event) -> str:
    """ "Het gehele systeem bezien", "Letten op de overdracht"."""
    short = RELATIVE.sub("", text)
    text = short if len(short) >= SHORTEST else text
    text = DOUBTFUL_START.sub("", text)
    return phrase(text, event.words, verb_first=event.words in WITH_PREPOSITION and bool(PREPOSITION.match(text)))


def question(infinitive: str, text: str) -> str:
    """ "Nagaan of …"; a question that is too long loses its verb, so that only what it is about is told."""
    if text.startswith("of "):
        text = re.sub(r"\s+(?:die|waar\w*)\s[^,;]{3,90},\s*", " ", text)
    text = re.split(r";|,\s*(?:waarbij|zodat|waardoor|omdat|maar)\b", text)[0].strip(" .,?")
    if len(infinitive) + len(text) + 1 <= LONGEST or not re.match(r"(?:hoe|of) (?:de|het|een) ", text):
        return f"{infinitive} {text}"
    return f"{infinitive}: {re.split(r' ', text, maxsplit=1)[1]}"


def place_last(text: str) -> str:
    """ "op 600 scholen een onderzoek" is "een onderzoek op 600 scholen"."""
    match = PLACE_FIRST.match(text)
    if (
        match is None
        or match["place"].rsplit(" ", 1)[-1] in LINKING
        or (" en " in match["place"] and not match["place"].startswith("samen"))
    ):
        return text
    return f"{match['what']} {match['place']}"


LINKING = frozenset(
    {"van", "in", "op", "aan", "met", "voor", "bij", "en", "of", "naar", "over", "door", "tot", "tussen"}
)

PREPOSITION = re.compile(
    r"^(?:op|met|naar|aan|in|over|bij|voor|door|onder|tussen|tegen|uit|van|tot|om|binnen|tijdens|na|per|zonder)\b",
    re.IGNORECASE,
)

WITH_PREPOSITION = frozenset(
    [
        "kijken",
        "letten",
        "toezien",
        "inzetten",
        "samenwerken",
        "spreken",
        "praten",
        "werken",
        "zien",
        "meewerken",
        "participeren",
        "optreden",
        "reflecteren",
        "communiceren",
        "experimenteren",
        "meedenken",
        "surveilleren",
    ]
)

DOUBTFUL_START = re.compile(r"^(?:wel|dan|nog|meer|al|er)\s+(?=(?:de|het|een|op|naar)\b)")


def noun_of(event: Event) -> str | None:
    """How the verb is called in a title: its own noun, else the infinitive where the object alone says too little."""
    if event.verb is None:
        return None
    if event.verb.noun:
        return event.verb.noun if event.verb.noun.lower() not in event.verb.companions else None
    return f"{event.words.capitalize()} van" if event.kind in BARE_KINDS else None


def is_object(front: str) -> bool:
    """Begins with an article, or with a plain noun: not with a preposition, adverb or conjunction."""
    first, _, rest = front.partition(" ")
    if first.lower() in OBJECT_OPENINGS:
        return bool(rest)
    return bool(rest) and first.lower() not in NOT_OBJECTS and first.lower().endswith(("en", "s", "ing"))


# "op 600 scholen een onderzoek" is an "onderzoek op 600 scholen".
PLACE_FIRST = re.compile(
    r"^(?P<place>(?:bij|op|in|onder|binnen|over|samen met) [^,;:]{3,60}?) "
    r"(?P<what>(?:de|het|een|hun|haar|onaangekondigde?) [^,;:]+)$"
)

BARE_KINDS = frozenset({"enforcement", "publication"})

NOT_OBJECTS = frozenset(
    {
        "als",
        "steeds",
        "soms",
        "anders",
        "thans",
        "zodra",
        "indien",
        "binnen",
        "buiten",
        "reeds",
        "wegens",
        "naast",
        "sinds",
        "samen",
        "tevens",
        "volgens",
        "tussen",
        "tegen",
    }
)

OBJECT_OPENINGS = frozenset(["de", "het", "een", "onze", "ons", "deze", "dit", "die", "alle"])

FINITE_HELPERS = frozenset(["is", "zijn", "wordt", "worden", "zal", "zullen", "ligt", "gaat", "gaan"])


def without_companion(text: str, event: Event) -> str:
    """ "aandacht voor X" with the title word "Aandacht voor" is X."""
    if event.verb is None or not event.verb.noun or not event.verb.companions:
        return text
    for companion in event.verb.companions:
        if companion == event.verb.noun.lower() or companion[:SAME_WORD] not in event.verb.noun.lower():
            continue
        if text.lower().endswith(f" {companion}"):
            return text[: -len(companion)]
        found = re.search(
            rf"^(?P<before>.*?)\b(?:in )?(?:het |een |de |haar |ons )?{re.escape(companion)}\b\s*(?:voor |aan )?",
            text,
            re.IGNORECASE,
        )
        if found and len(found["before"].split()) <= FEW:
            rest = text[found.end() :]
            return f"{found['before']} {rest}".strip() if rest or found["before"] else text
    return text


FEW, SAME_WORD = 6, 6
