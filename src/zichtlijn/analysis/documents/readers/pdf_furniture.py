"""Running headers, running footers and page numbers of a PDF; and the printed number of each page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from .pdf_lines import Line

Page = list[Line]

_DIGITS = re.compile(r"\d+")
# Only lines in this share of the page, above and below, can be running headers and footers.
_MARGIN_SHARE = 0.14
# So many lines from the top and from the bottom are looked at.
_LINES_DEEP = 4
# White space of this many letter sizes sets a line off from the text.
_SET_OFF = 1.7
# On this many pages, and this share of the pages between first and last, a line must come back.
_FEWEST_PAGES = 3
# Share of the numbered pages that must agree on the distance between printed and counted number.
_AGREEING_SHARE = 0.6


def find_furniture(pages: Sequence[Page], heights: Sequence[float]) -> list[set[int]]:
    """Per page the numbers of the lines that come back on other pages at the same height."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for at in _edge_lines(lines, height):
            key = (_DIGITS.sub("#", lines[at].text.casefold()), round(lines[at].base / 12))
            places[key].append((number, at))
    furniture: list[set[int]] = [set() for _ in pages]
    for (text, _), found in places.items():
        if len({number for number, _ in found}) >= _least(len(pages), text):
            for number, at in found:
                furniture[number].add(at)
    return furniture


def _least(pages: int, text: str) -> int:
    """A bare page number needs only one other page; words must come back more often."""
    return 2 if pages < _FEWEST_PAGES + 1 or not any(char.isalpha() for char in text) else _FEWEST_PAGES


def _edge_lines(lines: Page, height: float) -> list[int]:
    """The outermost lines of a page that white space sets off from the text."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].base)
    top = [at for at in _set_off(lines, order) if lines[at].base > (1 - _MARGIN_SHARE) * height]
    bottom = [at for at in _set_off(lines, order[::-1]) if lines[at].base < _MARGIN_SHARE * height]
    return list(dict.fromkeys(top + bottom))


def _set_off(lines: Page, order: Sequence[int]) -> Sequence[int]:
    """From the edge inwards: the lines before the first white space; else only a bare number on the edge."""
    for count, (outer, inner) in enumerate(pairwise(order[: _LINES_DEEP + 1]), start=1):
        if abs(lines[outer].base - lines[inner].base) > _SET_OFF * lines[inner].size:
            return order[:count]
    return [at for at in order[:1] if len(lines) <= _LINES_DEEP or not any(char.isalpha() for char in lines[at].text)]


def printed_offset(pages: Sequence[Page], furniture: Sequence[set[int]]) -> int:
    """Printed page number less the place in the file; 0 when the numbers do not agree or there are none."""
    votes: Counter[int] = Counter()
    numbered = 0
    for number, (lines, found) in enumerate(zip(pages, furniture, strict=True), start=1):
        offsets = {
            int(digits) - number for at in found for digits in _DIGITS.findall(lines[at].text) if len(digits) < 5
        }
        votes.update(offsets)
        numbered += bool(offsets)
    if not votes:
        return 0
    offset, count = max(votes.items(), key=lambda vote: (vote[1], -abs(vote[0])))
    return offset if count >= 2 and count >= _AGREEING_SHARE * numbered else 0
