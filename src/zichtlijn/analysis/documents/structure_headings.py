"""Which blocks are headings, on which level, and which line of the table of contents each one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz import fuzz, process

from .contents import Contents, Entry, numbered
from .readers.blocks import Block
from .readers.markup import is_bold_line, without_markup

_LONGEST = 130
_SAME_TITLE = 90.0
# Prose: shorter blocks may be a name, a date or a label.
_SHORTEST_PROSE, _PROSE_WORDS = 60, 10
# A heading with this many characters under it is surely not a mere repetition of a title.
_FULL_SECTION = 3_000
# Under the six levels of Markdown: a bold line that stands above a list or a paragraph.
_LOWEST = 7
# So many places of one title are weighed; among more titles than this, only equal ones are.
_MOST_PLACES, _MOST_COMPARED = 12, 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the blocks; ``entry`` is its line in the table of contents."""

    block: int
    title: str
    number: str | None
    level: int
    entry: Entry | None = None


def find_headings(text: str, blocks: Sequence[Block], contents: Contents, outside: frozenset[int]) -> list[Heading]:
    """The headings in order. ``outside`` are blocks that cannot be one: title page, colophon, running headers."""
    lines = [without_markup(text[b.span.start : b.span.end]) if _may_be(b) else "" for b in blocks]
    open_blocks = [i for i, line in enumerate(lines) if line and i not in outside and i not in contents.blocks]
    entries = match_entries(lines, open_blocks, contents.entries, blocks)
    repeats = _repeats(lines, open_blocks, contents.entries)
    declared = sum(blocks[i].kind == "heading" for i in open_blocks) >= 2
    bold = {i for i in open_blocks if _is_bold_heading(text, blocks, i, outside)}
    chosen = [
        i
        for i in open_blocks
        if blocks[i].kind == "heading"
        or i in bold
        or (_looks_like_title(lines[i]) and (i in repeats or (not declared and _heads_prose(text, blocks, i, outside))))
    ]
    headings = _levelled(chosen, lines, blocks, entries, repeats)
    if not any(blocks[i].kind == "heading" for i in open_blocks):
        return headings
    return [replace(h, level=_LOWEST) if h.block in bold and h.entry is None and not h.number else h for h in headings]


def _may_be(block: Block) -> bool:
    return block.kind in (None, "heading") and block.span.end - block.span.start <= 2 * _LONGEST


def _key(title: str) -> str:
    return " ".join(numbered(title)[1].casefold().split()).strip(" .:")


def match_entries(
    lines: Sequence[str], candidates: Sequence[int], entries: Sequence[Entry], blocks: Sequence[Block]
) -> dict[int, Entry]:
    """Per block the line of the contents that it is the heading of: in the same order, the fullest section first.

    A title can occur more than once (in a summary, in a box). The order of the contents is kept, and among equal
    titles the one with the most text under it counts.
    """
    keys = {i: _key(lines[i]) for i in candidates if len(lines[i]) <= _LONGEST}
    weights = _weights(list(keys), blocks)
    titles = _Titles(keys)
    options: list[tuple[int, int, float]] = []
    for position, entry in enumerate(entries):
        found = [(position, i, score + weights[i]) for i, score in titles.like(_key(entry.title))]
        options += sorted(found, key=lambda option: option[2])[-_MOST_PLACES:]
    return {i: entries[position] for position, i in _best_rising(options)}


class _Titles:
    """Titles by number, to find those like another one; only equal ones where there are very many."""

    def __init__(self, keys: Mapping[int, str]) -> None:
        self._keys = keys
        self._numbers: dict[str, list[int]] = {}
        for number, key in keys.items():
            self._numbers.setdefault(key, []).append(number)

    def like(self, key: str) -> list[tuple[int, float]]:
        """The numbers of the titles like ``key``, with how alike they are, from 0 to 1."""
        exact = [(number, 1.0) for number in self._numbers.get(key, ())]
        if len(self._keys) > _MOST_COMPARED:
            return exact
        found = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=_SAME_TITLE, limit=None)
        return [(number, score / 100) for _, score, number in found]


def _weights(candidates: list[int], blocks: Sequence[Block]) -> dict[int, float]:
    """Between 0 and 1: how much text stands between a candidate and the next one."""
    ends = [blocks[i].span.start for i in candidates[1:]] + [block.span.end for block in blocks[-1:]]
    return {i: min(1.0, (end - blocks[i].span.end) / _FULL_SECTION) for i, end in zip(candidates, ends, strict=False)}


def _best_rising(options: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain of (entry, block) pairs in which both rise."""
    ranks = {block: rank for rank, block in enumerate(sorted({block for _, block, _ in options}), start=1)}
    # A tree of prefix maxima: the heaviest chain that ends at a block of at most some rank.
    tree: list[_Chain | None] = [None] * (len(ranks) + 1)
    best: _Chain | None = None
    for _, group in groupby(options, key=lambda option: option[0]):
        chains = []
        for position, block, weight in group:
            before = _heaviest(tree, ranks[block] - 1)
            chains.append(_Chain((before.weight if before else 0.0) + weight, position, block, before))
        for chain in chains:
            _enter(tree, ranks[chain.block], chain)
            best = chain if best is None or chain.weight > best.weight else best
    pairs = []
    while best:
        pairs.append((best.position, best.block))
        best = best.before
    return pairs[::-1]


@dataclass(frozen=True, slots=True)
class _Chain:
    weight: float
    position: int
    block: int
    before: _Chain | None


def _heaviest(tree: Sequence[_Chain | None], rank: int) -> _Chain | None:
    found: _Chain | None = None
    while rank > 0:
        here = tree[rank]
        if here and (found is None or here.weight > found.weight):
            found = here
        rank -= rank & -rank
    return found


def _enter(tree: list[_Chain | None], rank: int, chain: _Chain) -> None:
    while rank < len(tree):
        here = tree[rank]
        if here is None or chain.weight > here.weight:
            tree[rank] = chain
        rank += rank & -rank


def _repeats(lines: Sequence[str], candidates: Sequence[int], entries: Sequence[Entry]) -> dict[int, Entry]:
    """Every block that reads as a title of the contents, also where that title is repeated."""
    titles = _Titles({n: _key(entry.title) for n, entry in enumerate(entries)})
    found: dict[int, Entry] = {}
    for i in candidates if entries else ():
        if _looks_like_title(lines[i]) and (match := titles.like(_key(lines[i]))):
            found[i] = entries[max(match, key=lambda row: row[1])[0]]
    return found


def _looks_like_title(line: str) -> bool:
    if not line or len(line) > _LONGEST or line[-1] in ".!:;,":
        return False
    start = line.lstrip("'‘\"“„(*")
    return any(c.isalpha() for c in line) and (start[:1].isupper() or start[:1].isdigit())


def _heads_prose(text: str, blocks: Sequence[Block], index: int, outside: frozenset[int]) -> bool:
    """A bare line with prose directly under it, that does not break into a sentence above it."""
    following = next((i for i in range(index + 1, len(blocks)) if i not in outside), None)
    if following is None or "\n" in text[blocks[index].span.start : blocks[index].span.end]:
        return False
    below = text[blocks[following].span.start : blocks[following].span.end]
    number = numbered(text[blocks[index].span.start : blocks[index].span.end])[0]
    if number and blocks[following].kind is None and not _is_near_list(blocks, index):
        return True
    # After a list only prose, or a heading one level deeper, tells a heading from a line of the list.
    deeper = number is not None and (numbered(below)[0] or "").startswith(f"{number}.")
    return blocks[following].kind is None and (deeper or _is_prose(below))


def _is_bold_heading(text: str, blocks: Sequence[Block], index: int, outside: frozenset[int]) -> bool:
    """A bold line directly above a list, or above a paragraph and not under the title of the document."""
    if not is_bold_line(text[blocks[index].span.start : blocks[index].span.end]) or index + 1 == len(blocks):
        return False
    if index + 1 in outside or blocks[index + 1].kind not in (None, "list_item"):
        return False
    if is_bold_line(text[blocks[index + 1].span.start : blocks[index + 1].span.end]):
        return False
    under_title = index == 0 or (blocks[index - 1].kind == "heading" and blocks[index - 1].level == 1)
    return blocks[index + 1].kind == "list_item" or not (under_title or index - 1 in outside)


def _is_near_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block before or after is a line of a list, as in a list without sentences."""
    return any(blocks[i].kind == "list_item" for i in (index - 1, index + 1) if 0 <= i < len(blocks))


def _is_prose(line: str) -> bool:
    if len(line) > _LONGEST:
        return True
    ends = line.rstrip(" *_'\"”’)")[-1:] in ".!?:"
    return len(line) >= _SHORTEST_PROSE and (ends or len(line.split()) >= _PROSE_WORDS)


def _levelled(
    chosen: list[int],
    lines: Sequence[str],
    blocks: Sequence[Block],
    entries: dict[int, Entry],
    repeats: dict[int, Entry],
) -> list[Heading]:
    """Levels: as the file says, else from the contents, else from the number, else one below the last of those."""
    headings: list[Heading] = []
    anchor = 0
    for i in chosen:
        number, title = numbered(lines[i])
        entry = entries.get(i) or repeats.get(i)
        if blocks[i].level:
            level = blocks[i].level
        elif entry:
            level = anchor = entry.level
        elif number:
            level = anchor = number.count(".") + 1
        else:
            level = anchor + 1
        number = number or (entry.number if entry else None)
        headings.append(Heading(i, title, number, level, entries.get(i)))
    return headings
