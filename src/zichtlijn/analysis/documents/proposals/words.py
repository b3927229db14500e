"""Words of a text with their places, and an index that finds names in them in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

# A word: letters and digits without footnote marks in superscript; "regio's" is one word; a comma or full stop counts.
WORD = re.compile(r"[^\W_⁰-⁹²³¹]+(?:['’][^\W\d_]{1,2}\b)?|[,.;:?!]")
MARK_AT_END = re.compile(r"([^\W\d_]{4,})\d{1,2}$")
DIGIT_BEHIND_LETTER = re.compile(r"\d(?<=[^\W\d_]\d)")
MAX_GAP = 4

T = TypeVar("T")


class Word(NamedTuple):
    """A word as written, in small letters, and its place ``[start, end)`` in the text."""

    written: str
    low: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words and punctuation of a text. A footnote number glued to a word (``asielketen5``) is taken off."""
    low = text.lower().replace("’", "'")
    if len(low) != len(text):  # a letter that is longer in small letters
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    spans = [match.span() for match in WORD.finditer(text)]
    if DIGIT_BEHIND_LETTER.search(text):
        spans = [_without_mark(text, start, end) for start, end in spans]
    new = tuple.__new__  # half the time of Word(…), and this is done for every word of the document
    return [new(Word, (text[start:end], low[start:end], start, end)) for start, end in spans]


def _without_mark(text: str, start: int, end: int) -> tuple[int, int]:
    glued = MARK_AT_END.match(text, start, end) if text[end - 1].isdigit() else None
    return (start, glued.end(1)) if glued else (start, end)


def lowered(text: str) -> tuple[str, ...]:
    """The words of a text in small letters."""
    return tuple(word.low for word in words_of(text))


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A name found: what it is, the words ``[first, last]`` and whether it is written as an abbreviation."""

    what: T
    first: int
    last: int
    start: int
    end: int
    abbreviated: bool = False


class _Begun(Generic[T]):
    """Names that begin with the same words: what these words name by themselves, and the words that can follow."""

    __slots__ = ("following", "what")

    def __init__(self) -> None:
        self.what: T | None = None
        self.following: dict[str, _Begun[T]] = {}


class NameIndex(Generic[T]):
    """Names to look for: phrases without regard to capitals, abbreviations exactly as written."""

    def __init__(self) -> None:
        self._phrases: dict[str, _Begun[T]] = {}
        self._abbreviations: dict[str, list[tuple[tuple[str, ...], str, T]]] = {}

    def add(self, phrase: str, what: T) -> None:
        following, begun = self._phrases, None
        for word in lowered(phrase):
            begun = following.setdefault(word, _Begun())
            following = begun.following
        if begun is not None and begun.what is None:
            begun.what = what

    def add_abbreviation(self, abbreviation: str, what: T) -> None:
        words = tuple(word.written for word in words_of(abbreviation))
        if words:
            entries = self._abbreviations.setdefault(words[0], [])
            entries.append((words, _packed(abbreviation), what))
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str, words: Sequence[Word]) -> list[Hit[T]]:
        """The names in the text from left to right, the longest first, not overlapping."""
        found: list[Hit[T]] = []
        phrases, abbreviations = self._phrases, self._abbreviations
        if not phrases and not abbreviations:
            return found
        after = 0
        for position, (written, low, _, _) in enumerate(words):
            if position < after or (low not in phrases and written not in abbreviations):
                continue
            hit = self._at(text, words, position)
            if hit is not None:
                found.append(hit)
                after = hit.last + 1
        return found

    def _at(self, text: str, words: Sequence[Word], position: int) -> Hit[T] | None:
        word = words[position]
        best = self._phrase_at(words, position)
        for names, packed, what in self._abbreviations.get(word.written, ()):
            last = position + len(names) - 1
            if last < len(words) and _packed(text[word.start : words[last].end]) == packed:
                candidate = _hit(what, words, position, len(names), abbreviated=True)
                return candidate if best is None or candidate.last >= best.last else best
        return best

    def _phrase_at(self, words: Sequence[Word], position: int) -> Hit[T] | None:
        """The longest phrase that begins here, its words close behind one another."""
        begun = self._phrases.get(words[position].low)
        found, length, at = None, 0, position
        while begun is not None:
            if begun.what is not None:
                found, length = begun.what, at + 1 - position
            at += 1
            if at == len(words) or words[at].start - words[at - 1].end > MAX_GAP:
                break
            begun = begun.following.get(words[at].low)
        return _hit(found, words, position, length, abbreviated=False) if found is not None else None


def _packed(text: str) -> str:
    return text.replace(" ", "").replace("’", "'")


def _hit(what: T, words: Sequence[Word], position: int, length: int, *, abbreviated: bool) -> Hit[T]:
    last = position + length - 1
    return Hit(what, position, last, words[position].start, words[last].end, abbreviated)
