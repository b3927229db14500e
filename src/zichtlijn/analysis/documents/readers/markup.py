"""Marks in running text: emphasis, links, footnote marks; and how a text reads without them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_TO_SUPERSCRIPTS = str.maketrans("0123456789", SUPERSCRIPTS)

_MARK = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}|\[\^(?P<label>[^\]\s]{{1,40}})\](?!:)")
NOTE = re.compile(rf"[ \t]*(?:(?P<raised>[{SUPERSCRIPTS}]{{1,3}})(?:[ \t]*|$)|\[\^(?P<label>[^\]\s]{{1,40}})\]:[ \t]*)")
URL = re.compile(r"https?://[^\s<>\"”»]+|www\.[^\s<>\"”»]+")

_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\\n]){0,1000})\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])((?:[^*\n]|\n(?!\n)){1,500}?)(?<=[^\s*\\])\1(?![\w*])")
_BOLD_LINE = re.compile(r"[ \t]*(\*\*\*?|__)(?=[^\s*_])(?:(?!\1)[^\n]){1,110}(?<=\S)\1[ \t]*:?[ \t]*$")
_UNDERLINE = re.compile(r"(?<![\w_\\])(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_\\])\1(?![\w_])")
_QUOTED = re.compile(r"\n>[ \t]?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
# A superscript after a unit of length is a power, not a footnote mark.
_UNIT = re.compile(r"(?<!\w)[kchdm]?m$")


def mark_of(match: re.Match[str]) -> str:
    """The mark in plain characters: ``12`` for ``¹²`` or ``[^12]``."""
    label = match.group("label")
    return label if label else match.group(0).strip().translate(_TO_DIGITS)


def raised(digits: str) -> str:
    """Digits as superscripts: ``¹²`` for ``12``."""
    return digits.translate(_TO_SUPERSCRIPTS)


def without_markup(text: str) -> str:
    """The text as a reader sees it: no emphasis marks, link addresses or soft hyphens, single spaces."""
    if "\n>" in text:
        text = _QUOTED.sub("\n", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "_" in text:
        text = _UNDERLINE.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "\u00ad" in text:
        text = text.replace("\u00ad", "")
    return " ".join(text.split())


def is_bold_line(text: str) -> bool:
    """One line that is wholly bold and no sentence: such a line stands above what it announces."""
    return _BOLD_LINE.match(text) is not None and text.rstrip(" \t*_")[-1:] not in ".;,!"


def marks_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The places of footnote marks in running text; a square metre is none."""
    for match in _MARK.finditer(text, start, len(text) if end is None else end):
        if not _UNIT.search(text, max(0, match.start() - 4), match.start()):
            yield match


def without_marks(text: str, marks: Container[str] | None = None) -> str:
    """The text without its footnote marks, or without those in ``marks``."""
    kept, at = [], 0
    for match in marks_in(text):
        if marks is None or mark_of(match) in marks:
            kept.append(text[at : match.start()])
            at = match.end()
    return "".join([*kept, text[at:]])


def urls_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, in order, without closing punctuation, each once."""
    targets = [match.group(2) for match in _LINK.finditer(text)]
    bare = [match.group(0).rstrip(".,;:)\\]>*") for match in URL.finditer(_LINK.sub(" ", text))]
    return tuple(dict.fromkeys(url for url in targets + bare if URL.match(url)))
