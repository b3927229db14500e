"""Paragraphs that lay-out cut in two: at a column end, a page end, or around footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from .model import Passage
from .readers.markup import without_marks, without_markup
from .splitting import ends_with_abbreviation

_CLOSERS = " \t\n*_'\"”’»)]"
_PLAIN_END = re.compile(r"[^\W\d_]{6,}[.!?]$")
_LAST_WORD = re.compile(r"([^\W\d_]+)[^\w]*$")
# A shorter block without a full stop is a label or a name, not the first half of a sentence.
_SHORTEST_HALF = 40
_END_LENGTH = 400


@cache
def open_endings() -> frozenset[str]:
    """Words that cannot be the last of a sentence, from ``data/open_endings.txt``."""
    lines = resources.files(__package__).joinpath("data/open_endings.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def continued(text: str, passages: Sequence[Passage]) -> dict[int, int]:
    """For each passage that goes on with an earlier one: the index of the passage that it goes on with."""
    found: dict[int, int] = {}
    last: Passage | None = None
    for passage in passages:
        if passage.kind in ("footnote", "furniture"):
            continue
        if passage.kind == "paragraph" and last and _goes_on(text, last, passage):
            found[passage.index] = last.index
        last = passage if passage.kind in ("paragraph", "list_item") else None
    return found


def _may_go_on(text: str, passage: Passage) -> bool:
    """Most paragraphs end with a full stop after a whole word; the others are looked at more closely."""
    end = text[max(passage.span.start, passage.span.end - 12) : passage.span.end]
    return not _PLAIN_END.search(end)


def _words(text: str, passage: Passage) -> str:
    """The passage without markup; of a long one the beginning and the end."""
    words = text[passage.span.start : passage.span.end]
    if len(words) > 4 * _END_LENGTH:
        words = f"{words[:_END_LENGTH]} {words[-_END_LENGTH:]}"
    return without_marks(without_markup(words))


def _goes_on(text: str, passage: Passage, following: Passage) -> bool:
    """Whether a passage breaks off and the following one can be the rest of it."""
    if not _may_go_on(text, passage):
        return False
    first, second = _words(text, passage), _words(text, following)
    start = second.lstrip("'‘\"“„([*_ ")[:1]
    ended = first.rstrip(_CLOSERS)
    if not ended or not second or ended[-1] in "?!:…":
        return False
    if ended[-1] == ".":
        return ends_with_abbreviation(ended) and (start.islower() or _is_open(first))
    if start.islower():
        return ended[-1] != ";" and (len(first) >= _SHORTEST_HALF or passage.kind == "list_item")
    return len(first) >= _SHORTEST_HALF and _breaks_off(first)


def _breaks_off(first: str) -> bool:
    """Whether a text without a full stop must go on: an open bracket, a hyphen, a comma or a word that needs more."""
    if _is_open(first) or first.rstrip()[-1] in "-,–":
        return True
    word = _LAST_WORD.search(first)
    return word is not None and word.group(1).casefold() in open_endings()


def _is_open(first: str) -> bool:
    return first.rfind("(") > first.rfind(")")
