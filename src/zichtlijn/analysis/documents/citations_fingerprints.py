"""Fingerprints: recognising a passage of a document without having its words.

A register can point to a passage of a document that it does not hold. It keeps hashes of overlapping groups of three
words, cut to 32 bits and sorted: enough to find the passage again in the document, also after some mistakes in the
text, and too little to read the words from, since neither the words nor their order are kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .model import ReadDocument, Sentence, Span

_WORD = re.compile(r"[^\W_]+")
_GROUP = 3
_BYTES = 4
# A long quote keeps the smallest hashes, which are the same ones on every machine.
_MOST_HASHES = 64
# Share of the hashes that must be found.
_LEAST_SCORE = 0.34
_LONGEST = 8

Fingerprint = tuple[int, ...]


class _Row(NamedTuple):
    """A row of sentences, of which the larger one is the better: most hashes, on the page, shortest, first."""

    hashes: int
    on_page: bool
    shortness: int
    from_end: int
    last: int


@dataclass(frozen=True, slots=True)
class LocatedSentences:
    """The sentences in which a fingerprint was found, from ``first`` to ``last``, and the share of it found there."""

    first: int
    last: int
    spans: tuple[Span, ...]
    score: float


def fingerprint(text: str) -> Fingerprint:
    """At most 64 rising numbers of 32 bits for the words of a text; empty for a text without words."""
    return tuple(sorted({number for number, _ in _hashes(_words(text))})[:_MOST_HASHES])


def find_fingerprint(wanted: Sequence[int], document: ReadDocument, page: int | None = None) -> LocatedSentences | None:
    """The sentence, or the few sentences in a row, that a fingerprint was taken of; None when it is not there.

    A text that stands there more than once is looked for on ``page`` first. To look for many fingerprints in one
    document, make one ``FingerprintIndex``.
    """
    return FingerprintIndex(document).find(wanted, page)


class FingerprintIndex:
    """The hashes of all sentences of a document, to look fingerprints up in."""

    def __init__(self, document: ReadDocument) -> None:
        self._sentences = document.sentences
        words: list[str] = []
        owners: list[int] = []
        for sentence in document.sentences:
            own = _words(sentence.text)
            words += own
            owners += [sentence.index] * len(own)
        self._places: dict[int, list[tuple[int, int]]] = {}
        for number, at in _hashes(words):
            last = owners[min(at + _GROUP, len(words)) - 1]
            self._places.setdefault(number, []).append((owners[at], last))
        # A short sentence or quote has one hash, of all its words.
        for sentence in document.sentences:
            own = _words(sentence.text)
            if 0 < len(own) < _GROUP:
                number = next(_hashes(own))[0]
                self._places.setdefault(number, []).append((sentence.index, sentence.index))

    def find(self, wanted: Sequence[int], page: int | None = None) -> LocatedSentences | None:
        """The sentences in a row with the most hashes of the fingerprint.

        Of equal ones those on ``page`` count, then the fewest, then the first.
        """
        found: dict[int, list[tuple[int, int]]] = {}
        for number in set(wanted):
            for first, last in self._places.get(number, ()):
                found.setdefault(first, []).append((last, number))
        best = max((row for first in found for row in self._rows(first, found, page)), default=None)
        if best is None or best.hashes < _LEAST_SCORE * len(wanted):
            return None
        return self._located(-best.from_end, best.last, best.hashes / len(set(wanted)))

    def _rows(self, first: int, found: Mapping[int, list[tuple[int, int]]], page: int | None) -> Iterator[_Row]:
        """The rows of sentences that begin with ``first``, with the number of different hashes in each."""
        on_page = page is not None and _is_on(self._sentences[first], page)
        for last in range(first, min(first + _LONGEST, len(self._sentences))):
            inside = {n for start in range(first, last + 1) for end, n in found.get(start, ()) if end <= last}
            yield _Row(len(inside), on_page, first - last, -first, last)

    def _located(self, first: int, last: int, score: float) -> LocatedSentences:
        spans = tuple(span for sentence in self._sentences[first : last + 1] for span in sentence.spans)
        return LocatedSentences(first, last, spans, round(score, 3))


def _is_on(sentence: Sentence, page: int) -> bool:
    return any(known is not None and known.first <= page <= known.last for known in sentence.pages)


def _words(text: str) -> list[str]:
    """The words without case and accents."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))
    return _WORD.findall(plain)


def _hashes(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The hash of every group of three words, with the number of its first word; of fewer words one hash."""
    if words and len(words) < _GROUP:
        yield _hash(words), 0
    for at in range(len(words) - _GROUP + 1):
        yield _hash(words[at : at + _GROUP]), at


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(words).encode()).digest()[:_BYTES], "big")
