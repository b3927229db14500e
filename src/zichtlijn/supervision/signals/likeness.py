"""Which others a signal looks like: same organisation, same weeks, similar words. Only from what the user may see.

Likeness is half the share of words in common (rare words count more) and half how well the rest of the text agrees
letter by letter. How rare a word is, is judged among the compared texts alone, so that a suggestion never depends on
something that the user may not see.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from rapidfuzz import fuzz

from zichtlijn.platform.search.stop_words import STOP_WORDS
from zichtlijn.platform.search.words import words_of

from .models import Signal, SignalLink

DAYS_APART = 30
MOST_COMPARED = 200
COMPARED_SIGNS = 1_500
LEAST_LIKENESS = 35
MOST_SHOWN = 6


@dataclass(frozen=True)
class Suggestion:
    """A signal that another one looks like, from 0 to 100, and whether it happened on the same day."""

    signal: Signal
    likeness: int
    same_day: bool


def suggestions(
    seen: QuerySet[Signal], signal: Signal, most: int = MOST_SHOWN, compared: int = MOST_COMPARED
) -> list[Suggestion]:
    """The signals that this one looks like most and that nobody judged yet, best first.

    ``seen``: what the user may see (``Signal.objects.visible_to(user)``); ``compared``: with how many of those at most.
    """
    candidates = list(_candidates(seen, signal)[:compared])
    found = rank(_words(signal.subject, signal.text[:COMPARED_SIGNS]), [_words(c.subject, c.begin) for c in candidates])
    like = [
        Suggestion(
            candidate, likeness, candidate.happened_on is not None and candidate.happened_on == signal.happened_on
        )
        for candidate, likeness in zip(candidates, found, strict=True)
        if likeness >= LEAST_LIKENESS
    ]
    return sorted(like, key=lambda each: (-each.likeness, -each.signal.pk))[:most]


def rank(words: Sequence[str], others: Sequence[Sequence[str]]) -> list[int]:
    """How much each of the others looks like the first, from 0 to 100."""
    weights = _weights([words, *others])
    own = _vector(words, weights)
    text = " ".join(words)
    return [
        round(50 * _cosine(own, _vector(other, weights)) + 0.5 * fuzz.token_sort_ratio(text, " ".join(other)))
        for other in others
    ]


def pair_of(one: Signal, other: Signal) -> tuple[Signal, Signal]:
    """Both in the order in which a link keeps them."""
    return (one, other) if one.pk < other.pk else (other, one)


def _candidates(seen: QuerySet[Signal], signal: Signal) -> QuerySet[Any]:
    """Newest first, from the index on organisation and moment; without what is tied, judged or handled together."""
    near = timedelta(days=DAYS_APART)
    found = seen.filter(
        organisation=signal.organisation_id,
        received_at__range=(signal.received_at - near, signal.received_at + near),
    )
    judged = SignalLink.objects.filter(Q(low=signal.pk) | Q(high=signal.pk)).values_list("low", "high")
    known = {signal.pk} | {key for pair in judged for key in pair}
    found = found.exclude(pk__in=known).exclude(state="merged")
    if signal.bundle_id:
        found = found.exclude(bundle=signal.bundle_id)
    short: QuerySet[Any] = found.annotate(begin=Substr("text", 1, COMPARED_SIGNS)).defer("text")
    return short.order_by("-received_at", "-id")


def _words(subject: str, text: str) -> list[str]:
    return [word for word in words_of(f"{subject} {text}") if word not in STOP_WORDS]


def _weights(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    used = Counter(word for text in texts for word in set(text))
    # One is added, so that words which all of them share still count: several may tell of the same matter.
    return {word: 1 + math.log((1 + len(texts)) / (1 + times)) for word, times in used.items()}


def _vector(words: Sequence[str], weights: dict[str, float]) -> dict[str, float]:
    return {word: (1 + math.log(times)) * weights[word] for word, times in Counter(words).items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    together = sum(weight * other[word] for word, weight in one.items() if word in other)
    length = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return together / length if length else 0.0
