"""One sheet of the reading page of a document: a run of passages with citations, footnotes and page borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zichtlijn.platform.numbers import whole_number

from .highlighting import ShownPassage, show
from .models import Document, Footnote, Passage, Section
from .queries import with_what_it_supports

PASSAGES_PER_SHEET = 150
DEEPEST_IN_CONTENTS = 3


@dataclass(frozen=True)
class Sheet:
    """Passages ``first`` to ``last`` of a document, ready to show. ``number`` counts from 1."""

    number: int
    count: int
    passages: list[ShownPassage]

    @property
    def has_previous(self) -> bool:
        """True from the second sheet on."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """True before the last sheet."""
        return self.number < self.count


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: a section, and on which sheet its heading stands."""

    section: Section
    sheet: int


def sheet_of(passage: int) -> int:
    """On which sheet the passage with this number stands."""
    return passage // PASSAGES_PER_SHEET + 1


def wanted_sheet(document: Document, asked: dict[str, str]) -> int:
    """The sheet for ``?sheet=``, ``?passage=`` or ``?page=``; the first for anything else."""
    if (sheet := whole_number(asked.get("sheet"), 9)) is not None:
        return max(sheet, 1)
    if (passage := whole_number(asked.get("passage"), 9)) is not None:
        return sheet_of(passage)
    if (page := whole_number(asked.get("page"))) is not None and (first := first_on_page(document, page)) is not None:
        return sheet_of(first)
    return 1


def first_on_page(document: Document, page: int) -> int | None:
    """The number of the first passage that certainly stands on ``page``, else the first that may."""
    passages = document.passages.exclude(kind="contents")
    certain = passages.filter(page_first=page).order_by("number").values_list("number", flat=True).first()
    if certain is not None:
        return certain
    possible = passages.filter(page_first__lte=page, page_last__gte=page)
    return possible.order_by("number").values_list("number", flat=True).first()


def read_sheet(document: Document, number: int, user: Any) -> Sheet:
    """The sheet with this number; the last one when there are fewer."""
    total = document.passages.count()
    count = max(1, -(-total // PASSAGES_PER_SHEET))
    number = min(number, count)
    first = (number - 1) * PASSAGES_PER_SHEET
    passages = list(document.passages.filter(number__gte=first, number__lt=first + PASSAGES_PER_SHEET))
    if not passages:
        return Sheet(number, count, [])
    start, end = passages[0].start, passages[-1].end
    citations = document.citations.visible_to(user).filter(start__lt=end, end__gt=start)
    cited = list(with_what_it_supports(citations))
    notes = _notes(document, passages, start, end)
    shown = [show(passage, citations=cited, notes=notes) for passage in passages]
    return Sheet(number, count, _with_page_borders(shown))


def _notes(document: Document, passages: list[Passage], start: int, end: int) -> list[Footnote]:
    numbers = [passage.number for passage in passages]
    here = Q(passage__gte=numbers[0], passage__lte=numbers[-1])
    referred = Q(referred_from__lt=end, referred_to__gt=start)
    return list(document.footnotes.filter(here | referred))


def _with_page_borders(shown: list[ShownPassage]) -> list[ShownPassage]:
    """Say at the first passage of every page, when that is certain, that a page begins there."""
    last = None
    for one in shown:
        page = one.passage.page_first if one.passage.page_first == one.passage.page_last else None
        if page is not None and page != last and one.passage.kind != "contents":
            one.new_page = last = page
    return shown


def contents_of(document: Document) -> list[ContentsLine]:
    """The sections down to the third level, with the sheet their heading stands on."""
    sections = document.sections.filter(level__lte=DEEPEST_IN_CONTENTS, heading__isnull=False)
    return [ContentsLine(section, sheet_of(section.heading or 0)) for section in sections]
