"""Word documents (DOCX): headings by style, lists, tables and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..contents import is_entry
from ..limits import Limits
from ..reading_refusals import refusal
from .blocks import Draft, TextBuilder
from .docx_package import Package
from .encodings import normalised
from .markup import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|kop|titre|überschrift)\s*(\d)$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|inhopg)\s*\d$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titel"})
_SPACE = re.compile(r"[ \u00a0\t]+")
# Automatic footnotes with these types are the line above the notes, not notes.
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
# Text in these is not part of the document as it is now: deleted, or the old form of a picture.
_LEFT_OUT = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style means: level of a heading (0 for none), a line of the contents, the title, a list."""

    level: int = 0
    contents: bool = False
    title: bool = False
    listed: bool = False


def read_docx(data: bytes, filename: str, limits: Limits) -> Draft:
    """The text of a Word document with its blocks. Raises ``DocumentError`` when it is refused or damaged."""
    package = Package(data, filename, limits)
    body = package.parsed(package.main).find(f"{_W}body")
    if body is None:
        raise refusal("damaged-docx", name=filename)
    reader = _Reader(package)
    reader.add_all(body)
    reader.add_notes()
    return Draft("docx", reader.builder.text, reader.builder.blocks, title=reader.title)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = _styles(package)
        self._notes: dict[tuple[str, str], int] = {}
        self.builder = TextBuilder()
        self.title: str | None = None

    def add_all(self, parent: Any) -> None:
        """Add the paragraphs and tables of an element, also those inside content controls."""
        for element in parent:
            if element.tag == f"{_W}p":
                self._add_paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._add_table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                self.add_all(element)

    def _add_paragraph(self, paragraph: Any) -> None:
        text = self._text(paragraph)
        style = self._styles.get(_style_id(paragraph), _Style())
        level = style.level or _own_level(paragraph)
        if style.title and self.title is None:
            self.title = text.strip() or None
            self.builder.add(text, "furniture")
        elif level and any(char.isalpha() for char in text):
            self.builder.add(text, "heading", level=level)
        elif not style.contents and not is_entry(text.strip()) and (style.listed or _is_listed(paragraph)):
            self.builder.add(text, "list_item", level=1)
        else:
            self.builder.add(text)

    def _add_table(self, table: Any) -> None:
        for row in table.iter(f"{_W}tr"):
            texts = [
                " ".join(filter(None, (self._text(paragraph).strip() for paragraph in _own_paragraphs(cell))))
                for cell in _cells(row)
            ]
            self.builder.add_row(texts)
        self.builder.end_table()

    def add_notes(self) -> None:
        """Add the notes that the text refers to, numbered in the order of their marks."""
        texts = {
            (kind, note.get(f"{_W}id")): note
            for kind in ("footnote", "endnote")
            if self._package.has(path := self._package.beside_main(f"{kind}s.xml"))
            for note in self._package.parsed(path).iter(f"{_W}{kind}")
            if note.get(f"{_W}type") not in _SEPARATORS
        }
        for key, number in list(self._notes.items()):
            if key in texts:
                words = " ".join(self._text(paragraph).strip() for paragraph in texts[key].iter(f"{_W}p"))
                self.builder.add(words, "footnote", mark=str(number))

    def _text(self, paragraph: Any) -> str:
        """The words of a paragraph; note references as superscripts."""
        return _SPACE.sub(lambda m: "\t" if "\t" in m.group(0) else " ", normalised("".join(self._pieces(paragraph))))

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag == f"{_W}tab":
                yield "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield " "
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                yield self._mark(tag[len(_W) :].removesuffix("Reference"), child.get(f"{_W}id") or "")
            elif tag in (f"{_W}pPr", f"{_W}tbl"):
                continue
            else:
                yield from self._pieces(child)

    def _mark(self, kind: str, note: str) -> str:
        return raised(str(self._notes.setdefault((kind, note), len(self._notes) + 1)))


def _styles(package: Package) -> dict[str, _Style]:
    """The meaning of each paragraph style, by its identifier; a style means what the style it is based on means."""
    path = package.beside_main("styles.xml")
    if not package.has(path):
        return {}
    elements = {style.get(f"{_W}styleId") or "": style for style in package.parsed(path).iter(f"{_W}style")}
    return {identifier: _style(identifier, elements) for identifier in elements}


def _style(identifier: str, elements: dict[str, Any]) -> _Style:
    seen: set[str] = set()
    listed = False
    while identifier in elements and identifier not in seen:
        seen.add(identifier)
        element = elements[identifier]
        name = _value(element.find(f"{_W}name")) or identifier
        listed = listed or element.find(f"{_W}pPr/{_W}numPr/{_W}numId") is not None
        if heading := _HEADING_NAME.match(name):
            return _Style(level=int(heading.group(1)))
        if _CONTENTS_NAME.match(name):
            return _Style(contents=True)
        if name.casefold() in _TITLE_NAMES:
            return _Style(title=True)
        if level := _own_level(element):
            return _Style(level=level)
        if name.casefold().startswith(("list ", "lijst")):
            listed = True
        identifier = _value(element.find(f"{_W}basedOn")) or ""
    return _Style(listed=listed)


def _style_id(paragraph: Any) -> str:
    return _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or ""


def _own_level(element: Any) -> int:
    """The outline level that a paragraph or style sets itself, from 1; 0 for running text."""
    value = _value(element.find(f"{_W}pPr/{_W}outlineLvl"))
    return int(value) + 1 if value and value.isdecimal() and int(value) < 9 else 0


def _is_listed(paragraph: Any) -> bool:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    return number is not None and _value(number) != "0"


def _value(element: Any) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those inside content controls; the rows of a table in a cell are rows themselves."""
    for element in row:
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _cells(element)


def _own_paragraphs(cell: Any) -> Iterator[Any]:
    for element in cell:
        if element.tag == f"{_W}p":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _own_paragraphs(element)
