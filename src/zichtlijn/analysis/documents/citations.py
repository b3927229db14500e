"""Citations: finding a quote again in a text that is not quite the same."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from .model import Span

_WORD = re.compile(r"[^\W_]+")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−\u00ad", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\n\t", " "),
    }
)
# Shorter quotes must be found more exactly: a few letters decide what they say.
_LEAST_SCORE, _LEAST_SCORE_SHORT, _SHORT = 0.72, 0.8, 40
# The words by which a place is looked for, and how often one may occur before it says too little.
_ANCHORS, _COMMON = 14, 400
_CANDIDATES = 6
# A quote this much alike, this many characters from where it was, is not looked for elsewhere.
_SURE, _NEAR = 0.75, 5_000


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote was found: the place, how alike it is (0 to 1), and whether every character is the same."""

    span: Span
    score: float
    exact: bool


def locate(quote: str, text: str, *, near: Span | None = None) -> Located | None:
    """Find a quote in a text, first as it is, then with small differences; None when it is not there.

    Small differences are white space, kinds of quotes and hyphens, letters read wrongly, one or two other words.
    Of equal places the one nearest to ``near`` counts, else the first.
    """
    quote = quote.strip()
    if not quote or not text:
        return None
    start = _nearest(_occurrences(quote, text), near)
    if start is not None:
        return Located(Span(start, start + len(quote)), 1.0, exact=True)
    return (_alike_near(quote, text, near) if near else None) or _alike(quote, text, near)


def _occurrences(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _nearest(places: Iterator[int], near: Span | None) -> int | None:
    if near is None:
        return next(places, None)
    return min(places, key=lambda at: abs(at - near.start), default=None)


def _alike_near(quote: str, text: str, near: Span) -> Located | None:
    """A place near where the quote was before, when it is surely the same."""
    low = max(0, near.start - _NEAR)
    found = _alike(quote, text[low : near.end + _NEAR + len(quote)], Span(near.start - low, near.end - low))
    if found is None or found.score < _SURE:
        return None
    return Located(Span(found.span.start + low, found.span.end + low), found.score, exact=False)


def _alike(quote: str, text: str, near: Span | None) -> Located | None:
    lowered, wanted = _lowered(text), _lowered(quote).translate(_SAME)
    best: tuple[float, int, Span] | None = None
    for start in _candidates(wanted, lowered, near):
        span, score = _fitted(wanted, lowered, start)
        distance = abs(span.start - near.start) if near else span.start
        if best is None or (score, -distance) > (best[0], -best[1]):
            best = score, distance, span
    if best is None or best[0] < (_LEAST_SCORE if len(wanted) >= _SHORT else _LEAST_SCORE_SHORT):
        return None
    return Located(best[2], round(best[0], 3), exact=False)


def _lowered(text: str) -> str:
    """The text in lower case, of the same length."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _candidates(wanted: str, plain: str, near: Span | None) -> list[int]:
    """Places where the quote may begin: where many of its rarer words stand at the right distance."""
    votes: defaultdict[int, float] = defaultdict(float)
    width = max(40, len(wanted) // 2)
    for word in _anchors(wanted):
        offset = wanted.index(word)
        places = list(_occurrences_up_to(word, plain))
        for at in places:
            bucket = (at - offset) // width
            weight = 1 / sqrt(len(places))
            votes[bucket] += weight
            votes[bucket + 1] += weight
    wish = near.start // width if near else 0
    best = heapq.nsmallest(3 * _CANDIDATES, votes, key=lambda bucket: (-votes[bucket], abs(bucket - wish), bucket))
    apart = [bucket for at, bucket in enumerate(best) if not {bucket - 1, bucket + 1} & set(best[:at])]
    return [max(0, bucket * width - width) for bucket in apart[:_CANDIDATES]]


def _anchors(wanted: str) -> list[str]:
    words = sorted(set(_WORD.findall(wanted)), key=lambda word: (-len(word), word))
    return words[:_ANCHORS]


def _occurrences_up_to(word: str, plain: str) -> Iterator[int]:
    for count, at in enumerate(_occurrences(word, plain)):
        if count >= _COMMON:
            return
        yield at


def _fitted(wanted: str, plain: str, start: int) -> tuple[Span, float]:
    """The stretch near ``start`` that is most like the quote, on whole words, and how alike it is."""
    width = max(40, len(wanted) // 2)
    window = plain[start : start + len(wanted) + 4 * width].translate(_SAME)
    found = fuzz.partial_ratio_alignment(wanted, window)
    if found is None or found.dest_end <= found.dest_start:
        return Span(start, start), 0.0
    span, score = _best_borders(wanted, window, _on_words(window, found.dest_start, found.dest_end))
    return Span(start + span.start, start + span.end), score


def _on_words(plain: str, start: int, end: int) -> Span:
    while start > 0 and plain[start].isalnum() and plain[start - 1].isalnum():
        start -= 1
    while end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum():
        end += 1
    while start < end and plain[start].isspace():
        start += 1
    while start < end and plain[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _best_borders(wanted: str, plain: str, span: Span) -> tuple[Span, float]:
    """The same stretch with a word or a mark more or less at its ends, when that is more like the quote."""
    score = _ratio(wanted, plain[span.start : span.end])
    improved = True
    while improved:
        improved = False
        for other in _neighbours(plain, span):
            better = _ratio(wanted, plain[other.start : other.end])
            if better > score:
                span, score, improved = other, better, True
    return span, score


def _neighbours(plain: str, span: Span) -> Iterator[Span]:
    window = plain[max(0, span.start - 40) : span.start]
    for before in [match.start() for match in re.finditer(r"\S+\s*$", window)][-1:]:
        yield Span(span.start - len(window) + before, span.end)
    if after := re.compile(r"[^\w\s]+|\s*\S+").match(plain, span.end):
        yield Span(span.start, after.end())
    if first := re.compile(r"\S+\s+").match(plain, span.start, span.end):
        yield Span(first.end(), span.end)
    if last := re.search(r"\s\S+$", plain[span.start : span.end]):
        yield Span(span.start, span.start + last.start())
    if plain[span.end - 1 : span.end] and not plain[span.end - 1].isalnum():
        yield Span(span.start, span.end - 1)


def _ratio(wanted: str, found: str) -> float:
    """How alike two texts are, by letters or by whole words, whichever says more."""
    first, second = wanted.split(), found.split()
    letters = Indel.normalized_similarity(" ".join(first), " ".join(second))
    return float(max(letters, Indel.normalized_similarity(first, second)))
