"""PDF: text with page numbers, in the order in which a person reads the columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import pypdfium2 as pdfium

from ..limits import Limits
from ..reading_refusals import PAGES_UNREADABLE, PAGES_WITHOUT_TEXT, refusal
from .blocks import Draft, TextBuilder
from .encodings import normalised
from .pdf_columns import columns_of
from .pdf_furniture import find_furniture, printed_offset
from .pdf_hyphens import Hyphens
from .pdf_lines import Line, PageText
from .pdf_paragraphs import BlockWriter, letters_of, outline_of

_PASSWORD_ERROR = 4
# Fewer letters than this per page: the pages are pictures.
_FEWEST_LETTERS = 3
# More pages without text than a cover and a few pictures.
_EMPTY_SHARE = 0.25
_REPORT_EVERY = 25
# PDFium may be used by one thread at a time.
_one_at_a_time = Lock()

Progress = Callable[[str, float], None]


def read_pdf(data: bytes, filename: str, limits: Limits, progress: Progress) -> Draft:
    """The text of a PDF with its blocks. Raises ``DocumentError`` for a PDF that cannot be read."""
    with _one_at_a_time:
        document = _open(data, filename)
        try:
            if len(document) > limits.max_pages:
                raise refusal("too-many-pages", name=filename, pages=len(document), limit=limits.max_pages)
            pages, heights, warnings = _pages(document, filename, progress)
            bookmarks, title = _bookmarks(document), _title(document)
        finally:
            document.close()
    if _is_scanned(pages):
        raise refusal("scanned-pdf", name=filename)
    draft = _draft(pages, heights, bookmarks)
    draft.title, draft.warnings = title, warnings
    return draft


def _is_scanned(pages: list[list[Line]]) -> bool:
    """Whether the pages hold hardly any letters."""
    letters = 0
    for lines in pages:
        for line in lines:
            letters += sum(map(str.isalpha, line.text))
            if letters >= _FEWEST_LETTERS * len(pages):
                return False
    return True


def _open(data: bytes, filename: str) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        if len(document) > 0:
            return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise refusal("encrypted-pdf", name=filename) from None
        raise refusal("damaged-pdf", name=filename) from None
    document.close()
    raise refusal("damaged-pdf", name=filename)


def _pages(document: Any, filename: str, progress: Progress) -> tuple[list[list[Line]], list[float], list[str]]:
    """The lines and the height of each page, and what is to be said about pages that could not be read."""
    pages: list[list[Line]] = []
    heights: list[float] = []
    unreadable = 0
    for number in range(len(document)):
        try:
            lines, height = _page(document, number)
        except pdfium.PdfiumError:
            lines, height, unreadable = [], 1.0, unreadable + 1
        pages.append(lines)
        heights.append(height)
        if number % _REPORT_EVERY == 0:
            progress("reading", 0.6 * number / len(document))
    if unreadable == len(document):
        raise refusal("damaged-pdf", name=filename)
    empty = sum(not lines for lines in pages) - unreadable
    warnings = [PAGES_UNREADABLE] if unreadable else []
    return pages, heights, warnings + ([PAGES_WITHOUT_TEXT] if empty > _EMPTY_SHARE * len(pages) else [])


def _page(document: Any, number: int) -> tuple[list[Line], float]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text = PageText(text_page, number + 1, page.get_width(), page.get_height())
            return [line for line in text.lines() if line.text], text.height
        finally:
            text_page.close()
    finally:
        page.close()


def _bookmarks(document: Any) -> list[tuple[int, str, int]]:
    """Page, title and level of each bookmark that points to a page."""
    found = []
    for bookmark in document.get_toc(max_depth=6):
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        if index is not None:
            found.append((index + 1, normalised(bookmark.get_title()), bookmark.level + 1))
    return found


def _title(document: Any) -> str | None:
    title = normalised(document.get_metadata_value("Title") or "").strip()
    return title if title and len(title) <= 200 and any(char.isalpha() for char in title) else None


def _draft(pages: list[list[Line]], heights: Sequence[float], bookmarks: list[tuple[int, str, int]]) -> Draft:
    furniture = find_furniture(pages, heights)
    offset = printed_offset(pages, furniture)
    texts = [[x for at, x in enumerate(lines) if at not in out] for lines, out in zip(pages, furniture, strict=True)]
    columns = columns_of(texts)
    letters = letters_of([column for page in columns for column in page])
    hyphens = Hyphens(line.text for lines in pages for line in lines)
    builder = TextBuilder()
    writer = BlockWriter(builder, letters, hyphens, outline_of(bookmarks))
    for lines, out, page_columns in zip(pages, furniture, columns, strict=True):
        _write_furniture(builder, [lines[at] for at in sorted(out)], above=True)
        for column in page_columns:
            writer.write(column)
        _write_furniture(builder, [lines[at] for at in sorted(out)], above=False)
    return Draft("pdf", builder.text, builder.blocks, page_count=len(pages), page_offset=offset)


def _write_furniture(builder: TextBuilder, lines: list[Line], *, above: bool) -> None:
    """Running headers before the text of their page, running footers after it."""
    middle = sum(line.base for line in lines) / len(lines) if lines else 0.0
    for line in lines:
        if (line.base >= middle) == above:
            builder.add(line.text, "furniture", page=line.page)
