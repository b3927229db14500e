"""Reading a file: PDF, Word, Markdown or plain text to sections, passages, sentences, footnotes and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from .footnotes import tie_footnotes
from .limits import MEBIBYTE, Limits
from .model import ReadDocument
from .reading_refusals import refusal
from .readers.blocks import Draft
from .readers.encodings import decode
from .readers.formats import extension, other_format, sniff
from .readers.lines import read_lines
from .sentences import find_sentences
from .structure import find_structure

Progress = Callable[[str, float], None]


def read(
    data: bytes,
    filename: str,
    *,
    layers: Mapping[int, bytes] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> ReadDocument:
    """Read a file of at most ``limits`` and split it.

    ``layers`` gives per printed page number the bytes of the text layer of that page; with it the page of every
    passage and sentence is found. ``progress`` hears what is being done and how far it is, between 0 and 1.
    Raises ``DocumentError`` with a code of ``reading_refusals.REFUSALS``, and no other exception, for any bytes.
    """
    limits = limits or Limits()
    report = progress or _silent
    _check_size(data, filename, limits)
    report("reading", 0.0)
    draft = _draft(data, filename, limits, report)
    if not draft.text.strip():
        raise refusal("no-text", name=filename)
    report("splitting", 0.6)
    document = _split(draft, data)
    report("done", 1.0)
    return document


def _silent(step: str, share: float) -> None:
    """Nobody wants to know."""


def _check_size(data: bytes, filename: str, limits: Limits) -> None:
    if not data:
        raise refusal("empty", name=filename)
    if len(data) > limits.max_bytes:
        size, limit = -(-len(data) // MEBIBYTE), limits.max_bytes // MEBIBYTE
        raise refusal("too-large", name=filename, size=size, limit=limit)


def _draft(data: bytes, filename: str, limits: Limits, report: Progress) -> Draft:
    text = decode(data)
    if text is None:
        raise refusal("binary-as-text", name=filename)
    return read_lines(text, filename)


def _split(draft: Draft, data: bytes) -> ReadDocument:
    structure = find_structure(draft)
    footnotes = tie_footnotes(draft.text, structure.passages)
    sentences = find_sentences(draft.text, structure.passages, footnotes)
    return ReadDocument(
        kind=draft.kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text=draft.text,
        passages=structure.passages,
        sections=structure.sections,
        sentences=sentences,
        footnotes=footnotes,
        page_count=draft.page_count,
        title=structure.title,
        publisher=structure.publisher,
        year=structure.year,
        warnings=tuple(draft.warnings),
    )
