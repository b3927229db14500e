"""What stands around the text: title page, colophon, lines repeated on every page, bare page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .contents import Contents
from .readers.blocks import Block, Draft
from .readers.markup import is_bold_line, without_markup

_COLOPHON = re.compile(
    r"(?:colofon|dit is een (?:uitgave|publicatie) van|(?:een )?uitgave van|"
    r"aan deze (?:publicatie|uitgave) kunnen geen rechten|colophon|published by|this is a publication of)\b",
    re.IGNORECASE,
)
_DOCUMENT_WORD = re.compile(
    r"\b(?:werkprogramma|jaarwerkprogramma|werkplan|jaarplan|toezichtplan|toezichtprogramma|toezichtagenda|"
    r"meerjarenperspectief|meerjarenprogramma|meerjarenplan|jaarbericht|jaarverslag|jaarbeeld|toezichtbeeld|rapport|"
    r"evaluatie|onderzoek|nota|kamerbrief|work programme|annual report|annual plan)\w*",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"^(?:[\w&-]+ )?(?:inspectie|autoriteit|ministerie|raad|rekenkamer|inspectorate|authority|ministry|"
    r"staatstoezicht|arbeidsinspectie)\b(?!.*\b(?:werkprogramma|jaarplan)\b).{0,100}$|"
    r"^[\w -]{0,60}(?:inspectie|autoriteit|rekenkamer)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAGE_NUMBER = re.compile(r"(?:(?:pagina|blz\.?|page)\s*)?\d{1,4}(?:\s*(?:van|/|of)\s*\d{1,4})?$", re.IGNORECASE)
# A line on this many places or more, and never longer than this, is a running header.
_REPEATED = 3
_HEADER_LENGTH = 100
_SHORT = 130
_LONG = 400


@dataclass(frozen=True, slots=True)
class Margins:
    """The blocks that are furniture, and what the title page says."""

    blocks: frozenset[int]
    title: str | None
    publisher: str | None
    year: int | None


def find_margins(draft: Draft, contents: Contents) -> Margins:
    """Title page, colophon and running headers among the blocks that the reader could not name."""
    text, blocks = draft.text, draft.blocks
    lines = [_line(text, b) for b in blocks]
    furniture = {i for i, b in enumerate(blocks) if b.kind == "furniture"}
    furniture |= _page_numbers(lines, blocks, contents)
    if draft.kind in ("markdown", "plain"):
        furniture |= _running(lines, blocks, contents) - _lead_ins(text, lines, blocks)
    cover = _cover(lines, blocks, contents)
    furniture |= {i for i in cover if blocks[i].kind is None or (contents.blocks and blocks[i].page)}
    furniture |= _colophon(text, lines, blocks)
    cover_lines = [line for i in cover for line in _lines(text, blocks[i])]
    return Margins(frozenset(furniture - contents.blocks), *_title_page(cover_lines))


def _line(text: str, block: Block) -> str:
    """A block without markup; of a long one, which is no margin, the beginning as it is."""
    if block.span.end - block.span.start > _LONG:
        return text[block.span.start : block.span.start + _LONG]
    return without_markup(text[block.span.start : block.span.end])


def _lines(text: str, block: Block) -> list[str]:
    return [without_markup(line) for line in text[block.span.start : block.span.end].split("\n")]


def _running(lines: Sequence[str], blocks: Sequence[Block], contents: Contents) -> set[int]:
    """Short lines without a full stop that come back three times or more."""
    titles = {entry.title.casefold() for entry in contents.entries}
    open_lines = [i for i, b in enumerate(blocks) if b.kind is None and i not in contents.blocks]
    counts = Counter(lines[i] for i in open_lines if len(lines[i]) <= _HEADER_LENGTH)
    return {
        i
        for i in open_lines
        if counts[lines[i]] >= _REPEATED and lines[i][-1:] not in ".:;?!" and lines[i].casefold() not in titles
    }


def _lead_ins(text: str, lines: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    """Lines that come back above what they announce, in bold or most times above a list: "Wat doen we"."""
    above_text = [i for i, b in enumerate(blocks[:-1]) if b.kind is None and blocks[i + 1].kind in (None, "list_item")]
    places = Counter(line for line, b in zip(lines, blocks, strict=True) if b.kind is None)
    listed = Counter(lines[i] for i in above_text if blocks[i + 1].kind == "list_item")
    return {
        i
        for i in above_text
        if 2 * listed[lines[i]] > places[lines[i]]
        or (is_bold_line(text[blocks[i].span.start : blocks[i].span.end]) and not _DOCUMENT_WORD.search(lines[i]))
    }


def _page_numbers(lines: Sequence[str], blocks: Sequence[Block], contents: Contents) -> set[int]:
    return {
        i
        for i, b in enumerate(blocks)
        if b.kind is None and i not in contents.blocks and len(lines[i]) < 20 and _PAGE_NUMBER.match(lines[i])
    }


def _cover(lines: Sequence[str], blocks: Sequence[Block], contents: Contents) -> list[int]:
    """The blocks of the title page: short ones in front of the contents, or in front of the first heading."""
    if contents.blocks:
        first = min(contents.blocks)
        front = list(range(first))
        return front if all(len(lines[i]) <= 2 * _SHORT for i in front) and first <= 40 else []
    run = []
    for i, line in enumerate(lines):
        if len(line) > _SHORT or line[-1:] in ".!?:" or blocks[i].kind not in (None, "heading", "furniture"):
            break
        run.append(i)
    else:
        return []
    # The last short line before the prose is its heading.
    return run[:-1]


def _colophon(text: str, lines: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    """The short blocks from the first line of the colophon on, with the motto above it, at the end of the text."""
    tail = max(0, len(text) - max(3_000, len(text) // 20))
    start = next((i for i, b in enumerate(blocks) if b.span.start >= tail and _COLOPHON.match(lines[i])), None)
    if start is None or start == 0:
        return set()
    colophon = set()
    for i in range(start, len(blocks)):
        if (blocks[i].kind == "heading" and i > start) or len(lines[i]) >= _LONG:
            break
        if blocks[i].kind != "footnote":
            colophon.add(i)
    above = text[blocks[start - 1].span.start : blocks[start - 1].span.end]
    if above.startswith(("*", "_")) and above.endswith(("*", "_")) and "\n" in above:
        colophon.add(start - 1)
    return colophon


def year_in(line: str) -> int | None:
    """The first year of the twentieth or twenty-first century in a line."""
    year = _YEAR.search(line)
    return int(year.group(0)) if year else None


def _title_page(lines: Sequence[str]) -> tuple[str | None, str | None, int | None]:
    """Title with its year, publisher and year, as far as the lines of the title page say them."""
    title = next((line for line in lines if _DOCUMENT_WORD.search(line) and len(line) <= _SHORT), None)
    publisher = next((line for line in lines if line != title and _PUBLISHER.match(line)), None)
    year = next((found for line in [title or "", *lines] if (found := year_in(line))), None)
    if title and year and not _YEAR.search(title):
        title = f"{title} {year}"
    return title, publisher, year
