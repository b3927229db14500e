"""From blocks to passages and sections: what each block is and under which heading it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .contents import Contents, find_contents
from .model import PageRange, Passage, PassageKind, Section
from .readers.blocks import Block, Draft
from .structure_cuts import continued
from .structure_headings import Heading, find_headings
from .structure_margins import find_margins, year_in


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading that the table of contents puts on a printed page: the passage and the page."""

    passage: int
    page: int


@dataclass(frozen=True, slots=True)
class Structure:
    """Passages in order, sections in order, and what the document says of itself."""

    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    anchors: tuple[Anchor, ...]
    title: str | None
    publisher: str | None
    year: int | None


def find_structure(draft: Draft) -> Structure:
    """Give every block its kind, its section and the block that it goes on with."""
    contents = find_contents(draft.text, draft.blocks)
    margins = find_margins(draft, contents)
    headings = find_headings(draft.text, draft.blocks, contents, margins.blocks)
    by_block = {heading.block: number for number, heading in enumerate(headings)}
    passages, section = [], None
    for index, block in enumerate(draft.blocks):
        section = by_block.get(index, section)
        kind = _kind(index, block, contents, margins.blocks, by_block)
        level = headings[by_block[index]].level if index in by_block else 0
        inside = None if kind in ("furniture", "contents") else section
        page = _page(block, draft)
        passages.append(Passage(index, kind, block.span, inside, level, mark=block.mark, page=page))
    cuts = continued(draft.text, passages)
    title = margins.title or _first_title(headings, draft)
    return Structure(
        tuple(replace(p, continues=cuts[p.index]) if p.index in cuts else p for p in passages),
        tuple(_sections(headings)),
        tuple(Anchor(h.block, h.entry.page) for h in headings if h.entry and h.entry.page),
        title,
        margins.publisher,
        margins.year or year_in(title or ""),
    )


def _kind(
    index: int, block: Block, contents: Contents, furniture: frozenset[int], headings: dict[int, int]
) -> PassageKind:
    if index in contents.blocks:
        return "contents"
    if index in furniture:
        return "furniture"
    if index in headings:
        return "heading"
    return block.kind if block.kind and block.kind != "heading" else "paragraph"


def _page(block: Block, draft: Draft) -> PageRange | None:
    """The printed page of a block of a file with pages; none before the page that is numbered 1."""
    number = (block.page or 0) + draft.page_offset
    return PageRange(number, number, "file") if block.page and number >= 1 else None


def _sections(headings: Sequence[Heading]) -> list[Section]:
    sections: list[Section] = []
    around: list[Section] = []
    for index, heading in enumerate(headings):
        while around and around[-1].level >= heading.level:
            around.pop()
        parent = around[-1].index if around else None
        section = Section(index, heading.title, heading.number, heading.level, heading.block, parent)
        sections.append(section)
        around.append(section)
    return sections


def _first_title(headings: Sequence[Heading], draft: Draft) -> str | None:
    """The title in the file's properties, else a lone heading of the highest level at the start."""
    if draft.title:
        return draft.title
    top = [heading for heading in headings if heading.level == 1]
    return top[0].title if len(top) == 1 and top[0] is headings[0] else None
