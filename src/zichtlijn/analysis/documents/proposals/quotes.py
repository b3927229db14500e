"""The exact words of the source under a proposal, with their place and page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zichtlijn.analysis.documents.model import Quote, ReadDocument, Span
from zichtlijn.analysis.documents.proposals.units import Unit


def whole_quotes(document: ReadDocument, units: Iterable[Unit]) -> tuple[Quote, ...]:
    """The sentences as quotes: one per unbroken stretch of the text, each with its own page."""
    return tuple(
        Quote(span, document.text[span.start : span.end], page)
        for unit in units
        for span, page in zip(unit.spans, unit.pages, strict=True)
        if span.end > span.start
    )


def mention_quote(document: ReadDocument, unit: Unit, start: int, end: int) -> Quote:
    """The words ``unit.text[start:end]`` as they stand in the document; the whole stretch when lay-out changed them."""
    pattern = re.compile(r"[\s*_\\-]*".join(re.escape(part) for part in unit.text[start:end].split()))
    for span, page in zip(unit.spans, unit.pages, strict=True):
        begin = span.start + _offset_in(unit, span, start)
        match = pattern.search(document.text, max(span.start, begin - SLACK), span.end)
        match = match or pattern.search(document.text, span.start, span.end)
        if match:
            return Quote(Span(match.start(), match.end()), match.group(), page)
    span, page = unit.spans[0], unit.pages[0]
    return Quote(span, document.text[span.start : span.end], page)


SLACK = 40  # what marks, hyphens and emphasis can shift a place between the sentence and the document


def _offset_in(unit: Unit, span: Span, start: int) -> int:
    before = sum(other.end - other.start + 1 for other in unit.spans if other.start < span.start)
    return max(0, start - before)
