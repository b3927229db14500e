"""What an import computes before anything is written: reading and proposing. Knows no Django and no database."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from zichtlijn.analysis.documents.limits import Limits
from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.readers.encodings import decode

Progress = Callable[[str, float], None]
READING_SHARE, PROPOSING_SHARE = 0.6, 0.35


@dataclass(frozen=True)
class Given:
    """What the person who imports says about the document; None leaves what the document says itself."""

    title: str | None = None
    publisher: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Layer:
    """The text layer of one printed page, as it came in."""

    data: bytes
    filename: str = ""

    @property
    def text(self) -> str:
        """The layer as text; empty when it is none."""
        return decode(self.data) or ""

    @property
    def sha256(self) -> str:
        """Hex digest of the text, so that the same layer in another encoding is the same layer."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Computed:
    """A file that was read, with what is proposed to take over from it."""

    data: bytes
    filename: str
    layers: Mapping[int, Layer]
    read: ReadDocument
    proposals: tuple[Proposal, ...]
    given: Given = field(default_factory=Given)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Reading makes millions of small objects that all stay: looking for garbage among them takes a fifth longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collecting()
def compute(
    data: bytes,
    filename: str,
    *,
    layers: Mapping[int, Layer] | None = None,
    given: Given | None = None,
    max_bytes: int | None = None,
    dictionaries: Path | None = None,
    progress: Progress | None = None,
) -> Computed:
    """Read ``data`` and propose. ``progress`` hears a step word and a share between 0 and 1 of the whole.

    Raises DocumentError for a file that cannot be read, DictionaryError for a dictionary of one's own with a mistake.
    """
    from zichtlijn.analysis.documents.dictionaries import Dictionaries
    from zichtlijn.analysis.documents.proposals import propose
    from zichtlijn.analysis.documents.reading import read

    given, layers, report = given or Given(), layers or {}, progress or _silent
    limits = Limits(max_bytes=max_bytes) if max_bytes else Limits()
    document = read(
        data,
        filename,
        layers={page: layer.data for page, layer in layers.items()} or None,
        limits=limits,
        progress=lambda step, share: report(step, share * READING_SHARE),
    )
    document = _as_given(document, given, filename)
    report("proposing", READING_SHARE)
    proposals = propose(
        document,
        dictionaries=Dictionaries.load(dictionaries) if dictionaries else None,
        year=document.year,
        progress=lambda done, total: report("proposing", READING_SHARE + PROPOSING_SHARE * done / max(total, 1)),
    )
    report("proposed", 0.95)
    return Computed(data, filename, layers, document, tuple(proposals), given)


def _silent(step: str, share: float) -> None:
    """Nobody wants to know."""


def _as_given(document: ReadDocument, given: Given, filename: str) -> ReadDocument:
    """What the person says goes before what the document says; without either, the file name is the title."""
    return replace(
        document,
        title=given.title or document.title or Path(filename).stem,
        publisher=given.publisher or document.publisher,
        year=given.year or document.year,
    )
