"""Which blocks are headings, on which level, and which line of the table of contents each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .contents import Contents, Entry, numbered
from .readers.blocks import Block
from .readers.markup import without_markup

_LONGEST = 130
_SAME_TITLE = 90.0
# Prose: shorter blocks may be a name, a date or a label.
_SHORTEST_PROSE = 60
# A heading with this many characters under it is surely not a mere repetition of a title.
_FULL_SECTION = 3_000


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
    chosen = [
        i
        for i in open_blocks
        if blocks[i].kind == "heading"
        or (_looks_like_title(lines[i]) and (i in repeats or (not declared and _heads_prose(text, blocks, i, outside))))
    ]
    return _levelled(chosen, lines, blocks, entries, repeats)


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
    options: list[tuple[int, int, float]] = []
    for position, entry in enumerate(entries):
        matches = process.extract(_key(entry.title), keys, scorer=fuzz.ratio, score_cutoff=_SAME_TITLE, limit=None)
        options += [(position, i, score / 100 + weights[i]) for _, score, i in matches]
    return {i: entries[position] for position, i in _best_rising(options)}


def _weights(candidates: list[int], blocks: Sequence[Block]) -> dict[int, float]:
    """Between 0 and 1: how much text stands between a candidate and the next one."""
    ends = [blocks[i].span.start for i in candidates[1:]] + [blocks[-1].span.end if blocks else 0]
    return {i: min(1.0, (end - blocks[i].span.end) / _FULL_SECTION) for i, end in zip(candidates, ends, strict=True)}


def _best_rising(options: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain of (entry, block) pairs in which both rise."""
    best: list[tuple[float, int]] = []
    for at, (position, block, weight) in enumerate(options):
        before = ((best[j][0], j) for j in range(at) if options[j][0] < position and options[j][1] < block)
        value, previous = max(before, default=(0.0, -1))
        best.append((value + weight, previous))
    at = max(range(len(best)), key=lambda j: best[j][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(options[at][:2])
        at = best[at][1]
    return chain[::-1]


def _repeats(lines: Sequence[str], candidates: Sequence[int], entries: Sequence[Entry]) -> dict[int, Entry]:
    """Every block that reads as a title of the contents, also where that title is repeated."""
    titles = {n: _key(entry.title) for n, entry in enumerate(entries)}
    found: dict[int, Entry] = {}
    for i in candidates:
        if titles and _looks_like_title(lines[i]):
            match = process.extractOne(_key(lines[i]), titles, scorer=fuzz.ratio, score_cutoff=_SAME_TITLE)
            if match:
                found[i] = entries[match[2]]
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
    if numbered(text[blocks[index].span.start : blocks[index].span.end])[0] and blocks[following].kind is None:
        return not _is_bare_number(text, blocks, index)
    return blocks[following].kind is None and _is_prose(text[blocks[following].span.start : blocks[following].span.end])


def _is_bare_number(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether the block before or after is a numbered line too, as in a list without sentences."""
    near = [i for i in (index - 1, index + 1) if 0 <= i < len(blocks) and blocks[i].kind == "list_item"]
    return bool(near)


def _is_prose(line: str) -> bool:
    return len(line) > _LONGEST or (len(line) >= _SHORTEST_PROSE and line.rstrip(" *_'\"”’)")[-1:] in ".!?:")


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
