"""Tables of contents: recognising their lines, and what they say of titles, levels and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .readers.blocks import Block
from .readers.markup import without_markup

_PAGE = re.compile(r"\d{1,4}$")
_LINKED_ENTRY = re.compile(r"\[(?P<label>[^\]]+)\]\(#[^)]*\)$")
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?[ \t]+(?P<title>(?=.*[^\W\d_]).+)$", re.DOTALL)
_HEADS = frozenset({"inhoud", "inhoudsopgave", "inhoudsoverzicht", "contents", "table of contents"})
# Chapters that stand on the highest level without a number.
_UNNUMBERED_CHAPTERS = re.compile(
    r"(?:voorwoord|woord vooraf|inleiding|samenvatting|leeswijzer|nawoord|tot slot|slot|conclusies?|bijlagen?|"
    r"literatuur\w*|bronnen|begrippen\w*|afkortingen\w*|verklarende woordenlijst|colofon|over de|"
    r"foreword|introduction|summary|annex|appendix)\b",
    re.IGNORECASE,
)
_FEWEST_ENTRIES, _LONGEST_ENTRY = 3, 300


# Label and page of a line.
Row = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: its title, section number, level from 1 and printed page."""

    title: str
    number: str | None
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: which blocks it takes up, and its entries in order."""

    blocks: frozenset[int]
    entries: tuple[Entry, ...]


def is_entry(line: str) -> bool:
    """Whether a line reads as a title, a leader (dots, a tab, a gap) and a page number."""
    if not line or line[-1] not in "0123456789|":
        return False
    label, leader, page = _parts(line)
    apart = leader.count(".") >= 3 or "…" in leader or "\t" in leader or "  " in leader
    return bool(page) and apart and any(char.isalpha() for char in label)


def _parts(line: str) -> tuple[str, str, str]:
    """Title, leader and page number of a line; the page is empty when the line does not end with one."""
    if len(line) > _LONGEST_ENTRY:
        return line, "", ""
    inner = line.strip(" |")
    page = _PAGE.search(inner)
    if page is None:
        return line, "", ""
    before = inner[: page.start()]
    label = before.rstrip(" \t.…|\n")
    return label, before[len(label) :], page.group(0)


def is_head(text: str) -> bool:
    """Whether a text is the heading of a table of contents."""
    return without_markup(text).strip(" :*#").casefold() in _HEADS


def numbered(title: str) -> tuple[str | None, str]:
    """Section number and title of a heading: ``("1.1", "Focus")``; the number is None when there is none."""
    match = _NUMBER.match(title)
    if match is None or len(match.group("number").split(".")[0]) > 2:
        return None, title
    return match.group("number"), match.group("title")


def find_contents(text: str, blocks: Sequence[Block]) -> Contents:
    """The table of contents under its heading, else the first run of lines that can only be one."""
    for index, block in enumerate(blocks):
        if block.span.end - block.span.start < 40 and is_head(text[block.span.start : block.span.end]):
            found = _under_head(text, blocks, index)
            if found.entries:
                return found
    return _without_head(text, blocks)


def _under_head(text: str, blocks: Sequence[Block], head: int) -> Contents:
    taken, waiting = [head], ""
    rows: list[Row] = []
    titles = _repeated_titles(text, blocks[head + 1 :])
    for index in range(head + 1, len(blocks)):
        line = text[blocks[index].span.start : blocks[index].span.end]
        if blocks[index].kind == "furniture" or line.isdigit():
            continue
        row = _row(f"{waiting} {line}".strip()) or _row_without_page(line, titles)
        # A title without a page for the second time is the first heading of the text itself.
        if (row is None and (waiting or not _may_wrap(text, blocks, index))) or (row in rows and not _has_page(row)):
            break
        taken.append(index)
        waiting = line if row is None else ""
        rows += [row] if row else []
    if len(rows) < 2 or not _pages_rise(rows):
        return Contents(frozenset(), ())
    return Contents(frozenset(taken), _entries(rows))


def _has_page(row: Row | None) -> bool:
    return row is not None and row[1] is not None


def _repeated_titles(text: str, blocks: Sequence[Block]) -> set[str]:
    """Short lines that come back: in a table of contents without pages, and as the headings it names."""
    lines = (text[b.span.start : b.span.end] for b in blocks if b.span.end - b.span.start <= _LONGEST_ENTRY // 2)
    counts = Counter(_title_key(line) for line in lines)
    return {title for title, count in counts.items() if title and count >= 2}


def _title_key(line: str) -> str:
    return numbered(without_markup(line))[1].casefold().strip(" .:")


def _row_without_page(line: str, titles: set[str]) -> Row | None:
    return (without_markup(line), None) if len(line) <= _LONGEST_ENTRY and _title_key(line) in titles else None


def _may_wrap(text: str, blocks: Sequence[Block], index: int) -> bool:
    """A long title can take two lines, of which only the second has the page."""
    line = text[blocks[index].span.start : blocks[index].span.end]
    following = text[blocks[index + 1].span.start : blocks[index + 1].span.end] if index + 1 < len(blocks) else ""
    return len(line) < 120 and _row(following) is not None and line[-1] not in ".!?"


def _without_head(text: str, blocks: Sequence[Block]) -> Contents:
    run: list[int] = []
    for index in range(len(blocks) + 1):
        line = text[blocks[index].span.start : blocks[index].span.end] if index < len(blocks) else ""
        if line and len(line) < 200 and is_entry(line):
            run.append(index)
            continue
        rows = [row for at in run if (row := _row(text[blocks[at].span.start : blocks[at].span.end]))]
        if len(rows) >= _FEWEST_ENTRIES and _pages_rise(rows):
            return Contents(frozenset(run), _entries(rows))
        run = []
    return Contents(frozenset(), ())


def _row(line: str) -> Row | None:
    """Label and page of one line under the heading of a table of contents."""
    label, leader, page = _parts(line)
    if page and leader and any(char.isalpha() for char in label):
        return without_markup(label), int(page)
    if len(line) <= _LONGEST_ENTRY and (match := _LINKED_ENTRY.search(line)):
        return without_markup(match.group("label")), None
    return None


def _pages_rise(rows: list[Row]) -> bool:
    pages = [page for _, page in rows if page is not None]
    return all(later >= earlier for earlier, later in pairwise(pages))


def _entries(rows: list[Row]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    depth = 0
    for label, page in rows:
        number, title = numbered(label)
        if number:
            depth = number.count(".") + 1
        elif _UNNUMBERED_CHAPTERS.match(title):
            depth = 0
        level = depth if number else depth + 1
        entries.append(Entry(title, number, level, page))
    return tuple(entries)
