"""On which page a stretch of text stands, given the text layers of some pages.

A page is one dense stretch of the text, or a few. Each page is looked for by the word pairs that it shares with the
text: first the window where rare pairs lie closest together, then each pair of the layer is given to one place only,
from the heart of the page outwards. So a title or an intro that is repeated elsewhere finds no pairs left. A
two-state path over the words (on the page or not) then draws the borders, which are set on block borders nearby.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .locator_words import LayerWords, Pair, Words, words_of_layer, words_of_text
from .model import Span
from .reading_refusals import refusal

# What one word says for (+) or against (-) being on the page: it stands there next to the same word; it merely
# occurs there; it does not occur. Going onto or off a page costs as much as four words.
_NEIGHBOURS, _OCCURS, _ABSENT, _BORDER = 1.0, -0.1, -1.0, 4.0
# A border this many words from the border of a block is set there: no page ends after so few words of a paragraph.
_NEAR_BLOCK = 5
# Share of the words of a page, on each side of its middle, that surely are on it.
_HEART = 0.4
# Pairs that occur more often than this say nothing about where a page is.
_COMMON = 40
# Share of the words of a block at the border that must stand beside the same words; and the longest title in words.
_LEAST_SAID, _LONGEST_TITLE = 0.6, 12
# Share of the words of a layer that must be found, or it belongs to another document.
_LEAST_FOUND = 0.4


@dataclass(frozen=True, slots=True)
class PagePart:
    """A stretch of the text that stands on a page."""

    span: Span
    page: int


@dataclass(slots=True)
class _Found:
    """Where one layer was found: stretches of word numbers, and what each word says."""

    layer: LayerWords
    parts: list[tuple[int, int]]
    says: dict[int, float]

    @property
    def weight(self) -> int:
        return sum(end - start for start, end in self.parts)

    @property
    def main(self) -> tuple[int, int]:
        return max(self.parts, key=lambda part: part[1] - part[0])


def locate_pages(text: str, blocks: Sequence[Span], layers: Mapping[int, str], name: str) -> list[PagePart]:
    """The stretches of the text that stand on the pages of ``layers``, in the order of the text.

    ``blocks`` are the spans of the passages. Raises ``DocumentError``: ``layer-empty``, ``layer-mismatch`` for a
    layer of another document, ``layer-order`` for layers under each other's number.
    """
    words = words_of_text(text)
    edges = sorted({bisect_left(words.starts, edge) for span in blocks for edge in (span.start, span.end)})
    pages = [words_of_layer(page, layers[page]) for page in sorted(layers)]
    places = _places(words, pages)
    found = [_find(words, edges, layer, places, name) for layer in pages]
    for first, second in pairwise(found):
        if second.main < first.main:
            raise refusal("layer-order", first=first.layer.page, second=second.layer.page, name=name)
    _settle(found, edges)
    _check_found(found, name)
    return sorted(
        (PagePart(_characters(text, words, part), f.layer.page) for f in found for part in f.parts),
        key=lambda part: part.span,
    )


def _places(words: Words, layers: Sequence[LayerWords]) -> dict[Pair, list[int]]:
    """For each pair of any layer the word numbers where it begins in the text."""
    wanted = set().union(*(layer.pairs for layer in layers))
    places: dict[Pair, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(words.words)):
        if pair in wanted:
            places[pair].append(at)
    return places


def _find(words: Words, edges: Sequence[int], layer: LayerWords, places: Mapping[Pair, list[int]], name: str) -> _Found:
    if not layer.size:
        raise refusal("layer-empty", page=layer.page)
    middle = _middle(layer, places)
    reach = max(40, 3 * layer.size // 2)
    region = range(max(0, middle - reach), min(len(words.words), middle + reach))
    says = _says(words, layer, region, middle)
    parts = _path(region, says)
    parts = [part for part in (_snapped(part, edges, words, layer, says) for part in parts) if part[0] < part[1]]
    if not parts:
        raise refusal("layer-mismatch", page=layer.page, name=name, percent=0)
    return _Found(layer, parts, says)


def _middle(layer: LayerWords, places: Mapping[Pair, list[int]]) -> int:
    """The middle of the stretch of about one page in which the rare pairs of the layer lie closest together."""
    votes = sorted(
        (at, 1 / len(found))
        for pair in layer.pairs
        if (found := places.get(pair)) and len(found) <= _COMMON
        for at in found
    )
    best, weight, first = (0.0, 0, 0), 0.0, 0
    for last, (at, vote) in enumerate(votes):
        weight += vote
        while at - votes[first][0] > layer.size * 11 // 10 + 10:
            weight -= votes[first][1]
            first += 1
        best = max(best, (weight, first, last))
    total = 0.0
    for at, vote in votes[best[1] : best[2] + 1]:
        total += vote
        if total >= best[0] / 2:
            return at
    return 0


def _says(words: Words, layer: LayerWords, region: range, middle: int) -> dict[int, float]:
    """What each word of the region says, when every pair and word of the layer is spent once."""
    pairs, singles = layer.pairs.copy(), layer.singles.copy()
    says: dict[int, float] = {}
    for run in sorted(_runs(words, layer, region), key=_turn(middle, int(_HEART * layer.size))):
        for at in range(*run):
            pair = (words.words[at], words.words[at + 1])
            if pairs[pair] > 0:
                pairs[pair] -= 1
                for near in (at, at + 1):
                    if near not in says:
                        says[near] = _NEIGHBOURS
                        singles[words.words[near]] -= 1
    for at in sorted(set(region) - says.keys(), key=lambda at: abs(at - middle)):
        word = words.words[at]
        says[at] = _OCCURS if singles.get(word, 0) > 0 else _ABSENT
        singles[word] -= 1
    return says


def _runs(words: Words, layer: LayerWords, region: range) -> Iterator[tuple[int, int]]:
    """Stretches of the region in which every word stands next to the same word as somewhere on the page."""
    start = region.start
    for at in range(region.start, region.stop - 1):
        if (words.words[at], words.words[at + 1]) not in layer.pairs:
            if start < at:
                yield start, at
            start = at + 1
    if start < region.stop - 1:
        yield start, region.stop - 1


def _turn(middle: int, heart: int) -> Callable[[tuple[int, int]], tuple[int, int, int]]:
    """Who may spend the pairs first: the heart of the page from the middle outwards, then the longest stretches."""

    def turn(run: tuple[int, int]) -> tuple[int, int, int]:
        distance = abs(sum(run) // 2 - middle)
        return (0, 0, distance) if distance <= heart else (1, run[0] - run[1], distance)

    return turn


def _path(region: range, says: Mapping[int, float]) -> list[tuple[int, int]]:
    """The stretches of the region that are on the page, by the best path over the words."""
    off, on = 0.0, -_BORDER
    came: list[tuple[bool, bool]] = []
    for at in region:
        stay_off, stay_on = off >= on - _BORDER, on >= off - _BORDER
        came.append((stay_off, stay_on))
        off, on = max(off, on - _BORDER), max(on, off - _BORDER) + says[at]
    parts, state, end = [], on - _BORDER > off, region.stop
    for at in reversed(region):
        stay_off, stay_on = came[at - region.start]
        if state and not stay_on:
            parts.append((at, end))
            state = False
        elif not state and not stay_off:
            state, end = True, at
    if state:
        parts.append((region.start, end))
    return parts[::-1]


def _snapped(
    part: tuple[int, int], edges: Sequence[int], words: Words, layer: LayerWords, says: Mapping[int, float]
) -> tuple[int, int]:
    """The stretch with its borders on block borders nearby, and with the titles beside it that the page shows."""
    start, end = _near(part[0], edges), _near(part[1], edges)
    while (block := _block(start, edges))[0] == start and block[1] <= end and _is_chance(block, words, layer, says):
        start = block[1]
    while (block := _block(end - 1, edges))[1] == end and start <= block[0] and _is_chance(block, words, layer, says):
        end = block[0]
    on_edge = set(edges[max(0, bisect_left(edges, start) - 1) : bisect_right(edges, end) + 1])
    while start in on_edge and start > 0 and _is_line((_block(start - 1, edges)[0], start), words, layer, (start, end)):
        start = _block(start - 1, edges)[0]
    while (
        end in on_edge and end < len(words.words) and _is_line((end, _block(end, edges)[1]), words, layer, (start, end))
    ):
        end = _block(end, edges)[1]
    return start, end


def _near(at: int, edges: Sequence[int]) -> int:
    place = bisect_left(edges, at)
    close = [edge for edge in edges[max(0, place - 1) : place + 1] if abs(edge - at) <= _NEAR_BLOCK]
    return min(close, key=lambda edge: abs(edge - at), default=at)


def _block(at: int, edges: Sequence[int]) -> tuple[int, int]:
    place = bisect_right(edges, at)
    return edges[place - 1] if place else 0, edges[place] if place < len(edges) else at + 1


def _is_chance(block: tuple[int, int], words: Words, layer: LayerWords, says: Mapping[int, float]) -> bool:
    """Whether a block at the border is not on the page: hardly any pairs, and no line that begins or ends with it."""
    said = sum(says.get(at, _ABSENT) == _NEIGHBOURS for at in range(*block))
    return said < _LEAST_SAID * (block[1] - block[0]) and not _lines_with(words.words[slice(*block)], layer)


def _is_line(block: tuple[int, int], words: Words, layer: LayerWords, part: tuple[int, int]) -> bool:
    """Whether a short block beside the stretch is a line of the page that the stretch does not hold already."""
    own = words.words[slice(*block)]
    if not 0 < len(own) <= _LONGEST_TITLE:
        return False
    inside = sum(words.words[at : at + len(own)] == own for at in range(*part))
    return _lines_with(own, layer) > inside


def _lines_with(own: Sequence[str], layer: LayerWords) -> int:
    """How many lines of the page begin or end with these words."""
    block = tuple(own)
    return sum(line[: len(block)] == block or line[-len(block) :] == block for line in layer.lines)


def _settle(found: Sequence[_Found], edges: Sequence[int]) -> None:
    """Where two pages claim the same words, or a few between them stay over, draw one border."""
    on_edge = set(edges)
    for first, second in pairwise(found):
        (a, b), (c, d) = first.parts[-1], second.parts[0]
        near = b > c or (c - b <= _NEAR_BLOCK and not any(at in on_edge for at in range(b, c + 1)))
        if not near or not (a < d):
            continue
        low, high = max(a, min(b, c)), min(d, max(b, c))
        cut = max(range(low, high + 1), key=lambda at: _worth(first, low, at) + _worth(second, at, high))
        first.parts[-1], second.parts[0] = (a, cut), (cut, d)
    for one in found:
        one.parts = [part for part in one.parts if part[0] < part[1]]


def _worth(found: _Found, start: int, end: int) -> float:
    return sum(found.says.get(at, _ABSENT) for at in range(start, end))


def _check_found(found: Sequence[_Found], name: str) -> None:
    for one in found:
        share = min(1.0, one.weight / one.layer.size)
        said = sum(one.says.get(at) == _NEIGHBOURS for part in one.parts for at in range(*part)) / one.layer.size
        if min(share, said) < _LEAST_FOUND:
            raise refusal("layer-mismatch", page=one.layer.page, name=name, percent=int(min(share, said) * 100))


def _characters(text: str, words: Words, part: tuple[int, int]) -> Span:
    """From the white space before the first word to the white space after the last."""
    start, end = words.starts[part[0]], words.ends[part[1] - 1]
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)
