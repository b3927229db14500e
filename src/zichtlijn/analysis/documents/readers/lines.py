"""Markdown and plain text: lines to blocks. The text itself stays as it is in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from ..contents import is_entry
from ..model import DocumentKind, Span
from .blocks import Block, Draft
from .formats import is_markdown
from .markup import NOTE, is_bold_line, mark_of

LIST_MARK = re.compile(r"[ \t]*(?:[-*+•‣▪◦·–—]|\(?\d{1,3}[.)]|\(?[a-z][.)]|[ivx]{2,4}[.)])[ \t]+(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}\.[ \t]")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|`{3,}\w*|~{3,}\w*)$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
# The mark of a quoted block in Markdown.
_QUOTED = re.compile(r"^[ \t]*>[ \t]?")
# Lines this long that end with a full stop, or much longer ones, are each a paragraph of their own.
_UNWRAPPED_LENGTH, _LONG_PARAGRAPH = 120, 300

# "2.2 E-mail" directly above its paragraph: a number, a few words, no full stop.
# "Mei: jaarverslag naar de minister": a line of a planning.
_DATED = re.compile(
    r"(?:Januari|Februari|Maart|April|Mei|Juni|Juli|Augustus|September|Oktober|November|December|Q[1-4]|"
    r"(?:Eerste|Tweede|Derde|Vierde) kwartaal|(?:Voor|Na)jaar|Zomer)(?: 20\d\d)?\s*[:–]\s+\S"
)
_NUMBERED_TITLE = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?[ \t]+[^\W\d_](?:[^.!?:;,]|\.(?=\w)){2,90}(?<![.!?:;,])$")
_SHORTEST_PROSE = 45

Line = tuple[int, int]


def read_lines(text: str, filename: str) -> Draft:
    """The blocks of a Markdown or plain text; pages are counted when the text has form feeds."""
    kind: DocumentKind = "markdown" if is_markdown(text, filename) else "plain"
    pages = _page_starts(text)
    blocks = [block for group in _groups(text) for block in _blocks(text, group)]
    if not pages:
        return Draft(kind, text, blocks)
    return Draft(kind, text, list(_with_pages(blocks, pages)), page_count=len(pages))


def _page_starts(text: str) -> list[int]:
    """Where each page starts, when form feeds divide the text; else nothing."""
    feeds = [match.end() for match in re.finditer("\f", text)]
    feeds = [feed for feed in feeds if text[feed:].strip()] if len(feeds) < 3 else feeds
    return [0, *feeds] if feeds else []


def _with_pages(blocks: list[Block], starts: list[int]) -> Iterator[Block]:
    page = 1
    for block in blocks:
        while page < len(starts) and block.span.start >= starts[page]:
            page += 1
        yield Block(block.span, block.kind, block.level, block.mark, page)


def _groups(text: str) -> Iterator[list[Line]]:
    """Runs of lines without a blank line in between; a line is its start and end without white space."""
    group: list[Line] = []
    start = 0
    for raw in re.split("(\n|\f)", text):
        line = _QUOTED.sub("", raw).strip()
        if line:
            first = start + len(raw.rstrip()) - len(line)
            group.append((first, first + len(line)))
        elif raw != "\n" and group and (raw or _is_blank_line(text, start)):
            yield group
            group = []
        start += len(raw)
    if group:
        yield group


def _is_blank_line(text: str, start: int) -> bool:
    return text[start - 1 : start + 1] == "\n\n" if start else True


def _blocks(text: str, group: list[Line]) -> Iterator[Block]:
    """The blocks in a run of lines: marks at line starts begin a new block, other lines go on with the last."""
    alone = _stand_alone(text, group)
    open_block: Block | None = None
    for position, line in enumerate(group):
        if not alone and _is_numbered_title(text, group, position):
            if open_block:
                yield open_block
                open_block = None
            yield Block(Span(*line))
            continue
        marked = list(_marked(text, line, single=len(group) == 1))
        goes_on = not marked and not alone and not _is_left_out(text, line)
        goes_on = goes_on and not is_bold_line(text[line[0] : line[1]])
        if open_block and goes_on and not _is_closed(text, open_block, line):
            open_block = _extended(text, open_block, line)
            continue
        if open_block:
            yield open_block
            open_block = None
        if marked:
            yield from marked[:-1]
            open_block = marked[-1]
        elif not _is_left_out(text, line):
            open_block = Block(Span(*line))
    if open_block:
        yield open_block


def _is_numbered_title(text: str, group: list[Line], position: int) -> bool:
    """A numbered line with prose right under it, first of its run or after a finished sentence, and not in a list."""
    start, end = group[position]
    if position + 1 == len(group) or not _NUMBERED_TITLE.match(text[start:end]):
        return False
    before = text[group[position - 1][0] : group[position - 1][1]] if position else "."
    if before[-1] not in ".!?)*" and not (_NUMBERED_TITLE.match(before) and _is_deeper(before, text[start:end])):
        return False
    following = text[group[position + 1][0] : group[position + 1][1]]
    if following[0].isdigit() or following[0] in "|#-*+" or LIST_MARK.match(following):
        return (
            len(group) > position + 2
            and _NUMBERED_TITLE.match(following) is not None
            and _is_deeper(text[start:end], following)
        )
    return following[0].isupper() and (len(following) >= _SHORTEST_PROSE or following[-1] in ".!?:")


def _is_deeper(line: str, following: str) -> bool:
    """ "2 Veilig vervoer" directly above "2.1 Taxi"."""
    number, below = line.split(maxsplit=1)[0].rstrip("."), following.split(maxsplit=1)[0].rstrip(".")
    return below.startswith(f"{number}.")


def _is_closed(text: str, block: Block, line: Line) -> bool:
    """A heading, a bold line and a table cell end with their line: what follows below is a block of its own."""
    if _UNDERLINE.match(text[line[0] : line[1]]):
        return False
    return block.kind in ("heading", "table_cell") or is_bold_line(text[block.span.start : block.span.end])


def _stand_alone(text: str, group: list[Line]) -> bool:
    """Whether each line of the run is a block: long unwrapped lines, or lines of a table of contents."""
    if len(group) < 2:
        return False
    if sum(is_entry(text[start:end]) for start, end in group) * 2 >= len(group):
        return True
    if group[1][1] - group[1][0] > _LONG_PARAGRAPH:
        return True
    finished = sum(text[end - 1] in ".!?:" for _, end in group)
    return median(end - start for start, end in group) > _UNWRAPPED_LENGTH and 2 * finished > len(group)


def _extended(text: str, block: Block, line: Line) -> Block:
    underline = _UNDERLINE.match(text[line[0] : line[1]])
    if underline and block.kind is None and text.find("\n", block.span.start, block.span.end) < 0:
        return Block(block.span, "heading", 1 if underline.group(1)[0] == "=" else 2)
    if block.kind in ("heading", "table_cell"):
        return block
    return Block(Span(block.span.start, line[1]), block.kind, block.level, block.mark)


def _is_left_out(text: str, line: Line) -> bool:
    """Rules, fences and the dashes under the head of a table are lay-out."""
    content = text[line[0] : line[1]]
    if _UNDERLINE.match(content):
        return False
    return _RULE.match(content) is not None or _TABLE_RULE.match(content) is not None


def _marked(text: str, line: Line, *, single: bool) -> Iterator[Block]:
    """The blocks that a line starts by its mark: a heading, table cells, a note or a list item."""
    start, end = line
    content = text[start:end]
    if heading := _HEADING.match(content):
        yield Block(Span(start + heading.start(2), start + heading.end(2)), "heading", len(heading.group(1)))
    elif content.startswith("|") and content.endswith("|") and len(content) > 1:
        yield from _cells(content, start)
    elif note := NOTE.match(content):
        yield Block(Span(start + note.end(), end), "footnote", mark=mark_of(note))
    elif _RULE.match(content):
        return
    elif (item := LIST_MARK.match(content)) and not (single and _NUMBERED.match(content)):
        yield Block(Span(start + item.end(), end), "list_item", 1)
    elif _DATED.match(content):
        yield Block(Span(start, end), "list_item", 1)


def _cells(content: str, start: int) -> Iterator[Block]:
    if _TABLE_RULE.match(content):
        return
    for cell in _CELL.finditer(content):
        words = cell.group(0)
        if words.strip():
            first = start + cell.start() + len(words) - len(words.lstrip())
            yield Block(Span(first, first + len(words.strip())), "table_cell")
