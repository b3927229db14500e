"""Words with their places, as the page locator compares them: no case, marks, link addresses or footnote digits."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .readers.markup import SUPERSCRIPTS

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[\^[^\]\s]{1,40}\]:?")
_NO_MARKS = str.maketrans(dict.fromkeys(SUPERSCRIPTS, " ") | {"\u00ad": " "})
_HYPHENS = "-\u00ad\u2010\ufffe"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case, and where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class LayerWords:
    """The words of the text layer of one page, line by line, and the pairs that can stand together in running text.

    Two columns may be interleaved: a line can hold pieces of both, and the rest of a sentence follows on the next
    line or the one after. Pairs over line ends are therefore possible, not certain.
    """

    page: int
    lines: tuple[tuple[str, ...], ...]
    pairs: Counter[Pair]
    singles: Counter[str]

    @property
    def size(self) -> int:
        """The number of words on the page."""
        return sum(len(line) for line in self.lines)


def words_of_text(text: str) -> Words:
    """The words of the whole text; addresses behind a link are not printed on a page and are left out."""
    plain = _LINK_TARGET.sub(lambda match: " " * len(match.group(0)), text).translate(_NO_MARKS)
    words, starts, ends = [], [], []
    for match in _WORD.finditer(plain):
        words.append(match.group(0).casefold())
        starts.append(match.start())
        ends.append(match.end())
    return Words(words, starts, ends)


def words_of_layer(page: int, text: str) -> LayerWords:
    """The words of one page; lines of only digits are footnote marks or the page number and are left out."""
    lines: list[tuple[str, ...]] = []
    split: list[bool] = []
    for line in text.translate(_NO_MARKS).splitlines():
        words = tuple(word.casefold() for word in _WORD.findall(line))
        if any(not word.isdigit() for word in words):
            lines.append(words)
            split.append(line.rstrip().endswith(tuple(_HYPHENS)))
    pairs: Counter[Pair] = Counter()
    singles: Counter[str] = Counter()
    for at, own in enumerate(lines):
        singles.update(own)
        pairs.update(pairwise(own))
        for following in lines[at + 1 : at + 3]:
            pairs[own[-1], following[0]] += 1
            if split[at]:
                _add_whole_word(pairs, singles, own, following)
    return LayerWords(page, tuple(lines), pairs, singles)


def _add_whole_word(
    pairs: Counter[Pair], singles: Counter[str], line: tuple[str, ...], following: tuple[str, ...]
) -> None:
    """Count the word that the line end may have split, with its neighbours."""
    whole = line[-1] + following[0]
    singles[whole] += 1
    if len(line) > 1:
        pairs[line[-2], whole] += 1
    if len(following) > 1:
        pairs[whole, following[1]] += 1
