"""Reading a file: PDF, Word, Markdown or plain text to sections, passages, sentences, footnotes and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from .footnotes import detached_notes, tie_footnotes, with_pages
from .limits import MEBIBYTE, Limits
from .locator import locate_pages
from .model import ReadDocument
from .pages import PageMap, with_passage_pages, with_sentence_pages
from .readers.blocks import Draft
from .readers.docx import read_docx
from .readers.encodings import decode
from .readers.formats import extension, other_format, sniff
from .readers.lines import read_lines
from .readers.pdf import read_pdf
from .reading_refusals import LAYERS_NOT_NEEDED, refusal
from .sentences import find_sentences
from .structure import find_structure

Progress = Callable[[str, float], None]

# What a file without a known beginning was meant to be.
_BY_EXTENSION = {"pdf": "damaged-pdf", "docx": "damaged-docx"}


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
    document = _split(draft, data, filename, _layer_texts(layers or {}))
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
    """The text and blocks of a file, by the reader of the format that its content shows."""
    found, named = sniff(data), extension(filename)
    if found == "pdf":
        return read_pdf(data, filename, limits, report)
    if found == "zip":
        return read_docx(data, filename, limits)
    if found == "ole":
        raise refusal("encrypted-docx" if named == "docx" else "unsupported-format", name=filename, format="DOC")
    if name := other_format(data):
        raise refusal("unsupported-format", name=filename, format=name)
    text = decode(data)
    if text is not None:
        return read_lines(text, filename)
    raise refusal(_BY_EXTENSION.get(named, "binary-as-text"), name=filename)


def _layer_texts(layers: Mapping[int, bytes]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for page, layer in layers.items():
        if page < 1:
            raise refusal("layer-number", page=page)
        text = decode(layer)
        if text is None:
            raise refusal("layer-unreadable", page=page)
        texts[page] = text
    return texts


def _split(draft: Draft, data: bytes, filename: str, layers: Mapping[int, str]) -> ReadDocument:
    structure = find_structure(draft)
    passages = structure.passages
    footnotes = tie_footnotes(draft.text, passages)
    sentences = find_sentences(draft.text, passages, footnotes)
    if draft.page_count:
        draft.warnings += [LAYERS_NOT_NEEDED] if layers else []
    else:
        parts = locate_pages(draft.text, [p.span for p in passages], layers, filename) if layers else []
        pages = PageMap(draft.text, parts, passages, structure.anchors)
        places = detached_notes(draft.text, passages, footnotes, all_notes=draft.kind == "docx")
        passages = with_passage_pages(passages, pages, places)
        sentences = with_sentence_pages(sentences, passages, pages, places)
    return ReadDocument(
        kind=draft.kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text=draft.text,
        passages=passages,
        sections=structure.sections,
        sentences=sentences,
        footnotes=with_pages(footnotes, passages),
        page_count=draft.page_count,
        page_offset=draft.page_offset,
        title=structure.title,
        publisher=structure.publisher,
        year=structure.year,
        warnings=tuple(draft.warnings),
    )
