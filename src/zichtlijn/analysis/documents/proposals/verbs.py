"""Which verb a word form is in its sentence: its loose part and its companions decide."""

from __future__ import annotations

from collections.abc import Sequence

from zichtlijn.analysis.documents.dictionaries import ActivityWords, Verb
from zichtlijn.analysis.documents.dictionaries_conjugation import Tense
from zichtlijn.analysis.documents.proposals.words import Word

LOOSE_PREPOSITIONS = frozenset(["voor", "aan", "op", "in", "door", "uit", "over", "om"])
AFTER_LOOSE = frozenset(
    [
        "en",
        "of",
        "om",
        "met",
        "op",
        "van",
        "bij",
        "voor",
        "tegen",
        "naar",
        "aan",
        "binnen",
        "tijdens",
        "in",
        "door",
        "dat",
        "hoe",
        "als",
        "indien",
        "wanneer",
        "zodat",
        "omdat",
        "waarbij",
        "waarmee",
        "waarin",
        "over",
        "onder",
        "tot",
        "per",
        "via",
        "na",
        "zonder",
        "maar",
        "die",
        "waarover",
        "wat",
    ]
)


def verb_later(
    words: Sequence[Word], start: int, known: ActivityWords, tenses: tuple[Tense, ...]
) -> tuple[Verb, int] | None:
    """The first verb of these tenses after ``start``; one of supervision goes before one that only states."""
    stating: tuple[Verb, int] | None = None
    for position in range(start + 1, len(words)):
        low = words[position].low
        if low not in known.by_form or words[position - 1].low in ("te", "het", "een", "de"):
            continue
        verb = lexical_verb(words, position, known, tenses)
        if verb is not None and verb.kind is not None:
            return verb, position
        if verb is not None and stating is None and low not in known.helpers:
            stating = verb, position
            if verb.infinitive == "bijdragen":
                return stating
    return stating


def lexical_verb(words: Sequence[Word], position: int, known: ActivityWords, tenses: tuple[Tense, ...]) -> Verb | None:
    """The verb that a form is: its loose part and one of its companions must stand in the sentence."""
    for verb, tense in known.by_form.get(words[position].low, ()):
        if tense in tenses and _complete(words, position, verb, known):
            return verb
    return None


def _complete(words: Sequence[Word], position: int, verb: Verb, known: ActivityWords) -> bool:
    low = words[position].low
    if verb.particle and not low.startswith(verb.particle) and not _comes_loose(words, position, verb.particle):
        return False
    if not verb.companions:
        return True
    return any(word.low in verb.companions or word.low.endswith(verb.long_companions) for word in words)


def _comes_loose(words: Sequence[Word], position: int, particle: str) -> bool:
    return loose_part_at(words, position, particle) is not None


def loose_part_at(words: Sequence[Word], position: int, particle: str) -> int | None:
    """Where the loose part of the verb at ``position`` stands; a preposition before a noun ("voor 2024") is none."""
    for later in range(position + 1, len(words)):
        if words[later].low == particle:
            after = words[later + 1].low if later + 1 < len(words) else "."
            if particle not in LOOSE_PREPOSITIONS or not after[0].isalnum() or after in AFTER_LOOSE:
                return later
    return None
