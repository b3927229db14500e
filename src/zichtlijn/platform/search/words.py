"""From text to the words that are searched: without accents and capitals, and without endings.

Both engines get the same words from here, so that they give the same results. PostgreSQL takes the endings off itself
(configuration ``dutch``); for SQLite this is done here with the same algorithm (Snowball ``dutch_porter``).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import snowballstemmer

from .stop_words import STOP_WORDS

LONGEST_WORD = 100
# "C.O.A." and "d.w.z." are one word; otherwise a word is an unbroken run of letters and digits.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W_]+")
# Letters that do not come apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
# Plurals that dutch_porter does not bring back to their singular: inspecties, gevangenissen, brieven, huizen.
_PLURALS = (
    (re.compile(r"(?<=..)ies$"), "ie"),
    (re.compile(r"(?<=..)([bfglmnprs])\1en$"), r"\1en"),
    (re.compile(r"(?<=.[aeiou])ven$"), "fen"),
    (re.compile(r"(?<=.[aeiou])zen$"), "sen"),
)
_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its place: ``text[start:end]`` reads as ``word`` without accents and capitals."""

    start: int
    end: int
    word: str


def tidy(text: str) -> str:
    """The text as it is stored: accents as one sign with their letter, no zero bytes."""
    return unicodedata.normalize("NFC", text.replace("\x00", " "))


def tokens(text: str) -> Iterator[Token]:
    """The words of a tidy text, each with its place."""
    for match in _WORD.finditer(text):
        if word := fold(match.group()):
            yield Token(match.start(), match.end(), word)


def words_of(text: str) -> list[str]:
    """The words of a text in order, without accents and capitals."""
    return list(filter(None, map(fold, _WORD.findall(tidy(text)))))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word without capitals, accents and inner points, at most 100 signs; only letters and digits remain."""
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(sign for sign in apart.lower() if sign.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """A folded word with those plurals undone that the stemmer leaves alone; the same word for all others."""
    if not word.isalpha():
        return word
    for pattern, replacement in _PLURALS:
        changed, times = pattern.subn(replacement, word)
        if times:
            return word if changed in STOP_WORDS else changed
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its endings, as PostgreSQL's ``dutch`` has it; words with digits keep theirs."""
    return word if any(sign.isdigit() for sign in word) else _stemmer().stemWord(singular(word))


def _stemmer() -> Any:
    # A stemmer keeps the word it works on, so that every thread needs its own.
    if not hasattr(_stemmers, "dutch"):
        _stemmers.dutch = snowballstemmer.stemmer("dutch_porter")
    return _stemmers.dutch
