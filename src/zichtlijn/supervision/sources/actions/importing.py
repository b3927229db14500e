"""Bringing a document in: everything is computed first, then written in one short transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot
from zichtlijn.platform.files.storing import store
from zichtlijn.platform.search.indexing import indexing_later

from ..computing import Computed, Given, Layer, Progress, compute
from ..models import Document, DocumentFormat, ImportRun, RunOutcome
from ..relocation import find_document_without_text
from ..storing import counts_of, forget_undecided, put_text, store_layers, store_proposals
from .citing import relocate_citations
from .deciding import accept_above as accept_all_above
from .pages import add_layers, known_layers

MEDIA_TYPES = {
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentFormat.MARKDOWN: "text/markdown",
    DocumentFormat.PLAIN: "text/plain",
}
DOCUMENT_FIELDS = ["title", "publisher", "published_on", "year", "licence", "origin", "sha256", "page_count"]


@dataclass(frozen=True)
class Details:
    """What a person adds to a document that the text does not say."""

    published_on: date | None = None
    licence: str = ""
    origin: str = ""
    is_demo: bool = False


def import_document(
    *,
    actor: Any,
    data: bytes,
    filename: str,
    layers: Mapping[int, Layer] | None = None,
    given: Given | None = None,
    details: Details | None = None,
    edition_of: Document | None = None,
    replaces: Document | None = None,
    accept_above: float | None = None,
    progress: Progress | None = None,
) -> ImportRun:
    """Read a file and put it with its proposals in the register; the run says what came of it.

    The same file again adds nothing; with other page layers it updates the pages. ``replaces`` says that this file
    holds the text of a document that is here already: its citations are found again in the new text. Raises
    DocumentError for a file that cannot be read, and PermissionDenied; whatever is raised, nothing was written.
    """
    computed = compute_import(actor=actor, data=data, filename=filename, layers=layers, given=given, progress=progress)
    if progress is not None:
        progress("storing", 0.95)
    return store_computed(
        actor=actor,
        computed=computed,
        details=details,
        edition_of=edition_of,
        replaces=replaces,
        accept_above=accept_above,
    )


def compute_import(
    *,
    actor: Any,
    data: bytes,
    filename: str,
    layers: Mapping[int, Layer] | None = None,
    given: Given | None = None,
    progress: Progress | None = None,
) -> Computed:
    """All that an import computes, outside any transaction and with nothing written. Raises as ``import_document``."""
    if actor is not None and not actor.has_perm("sources.import_document"):
        raise PermissionDenied("sources.import_document")
    return compute(
        data,
        filename,
        layers=_with_known_layers(data, layers),
        given=given,
        max_bytes=settings.ZICHTLIJN_UPLOAD_LIMIT,
        dictionaries=Path(settings.ZICHTLIJN_DICTIONARIES) if settings.ZICHTLIJN_DICTIONARIES else None,
        progress=progress,
    )


def _with_known_layers(data: bytes, layers: Mapping[int, Layer] | None) -> dict[int, Layer]:
    """The layers given now, after those that came with the same file before."""
    document = Document.objects.light().filter(sha256=hashlib.sha256(data).hexdigest()).first()
    return (known_layers(document) if document else {}) | dict(layers or {})


def store_computed(
    *,
    actor: Any,
    computed: Computed,
    details: Details | None = None,
    edition_of: Document | None = None,
    replaces: Document | None = None,
    accept_above: float | None = None,
) -> ImportRun:
    """Write what was computed. When another import of the same file won the race, this one finds its document."""
    values: dict[str, Any] = {
        "actor": actor,
        "computed": computed,
        "details": details or Details(),
        "edition_of": edition_of,
        "known": replaces or find_document_without_text(computed),
        "accept_above": accept_above,
    }
    try:
        return _indexed_once(values)
    except IntegrityError:
        if not Document.objects.filter(sha256=computed.read.sha256).exists():
            raise
        return _indexed_once(values)


def _indexed_once(values: dict[str, Any]) -> ImportRun:
    with indexing_later():
        return _store_import(**values)


@action("sources.import_document", permission="sources.import_document")
def _store_import(
    *,
    actor: Any,
    computed: Computed,
    details: Details,
    edition_of: Document | None,
    known: Document | None,
    accept_above: float | None,
) -> ImportRun:
    document = Document.objects.select_for_update().filter(sha256=computed.read.sha256).first()
    if document is not None:
        run = _again(actor, document, computed)
    elif known is not None:
        run = _attach(actor, known, computed)
    else:
        run = _new(actor, computed, details, edition_of)
    if accept_above is not None:
        _accept(actor, run, accept_above)
    return run


def _accept(actor: Any, run: ImportRun, confidence: float) -> None:
    run.accept_above = confidence
    batch = accept_all_above(actor=actor, document=run.document, confidence=confidence)
    run.accepted = len(batch.accepted)
    run.refused = [[proposal.title, reason] for proposal, reason in batch.refused]
    run.save(update_fields=["accept_above", "accepted", "refused"])


def _again(actor: Any, document: Document, computed: Computed) -> ImportRun:
    changed = add_layers(actor=actor, document=document, computed=computed)
    return _run(actor, document, computed, RunOutcome.PAGES if changed else RunOutcome.SAME)


def _attach(actor: Any, document: Document, computed: Computed) -> ImportRun:
    """Give a document its text, or another file with the text; every citation is found again in it."""
    outcome = RunOutcome.REPLACED if document.has_text else RunOutcome.ATTACHED
    before = snapshot(document, fields=DOCUMENT_FIELDS)
    forget_undecided(document)
    _put(document, computed)
    after = snapshot(document, fields=DOCUMENT_FIELDS)
    record(actor=actor, action="sources.attach_text", about=document, before=before, after=after)
    run = _with_proposals(actor, document, computed, outcome)
    relocate_citations(actor=actor, document=document, read=computed.read)
    return run


def _new(actor: Any, computed: Computed, details: Details, edition_of: Document | None) -> ImportRun:
    read = computed.read
    earlier = edition_of or earlier_edition(title=read.title or "", publisher=read.publisher or "")
    document = Document(
        title=(read.title or computed.filename)[:300],
        publisher=(read.publisher or "")[:200],
        year=read.year,
        edition_of=earlier,
        added_by=actor,
        **asdict(details),
    )
    _put(document, computed)
    after = snapshot(document, fields=DOCUMENT_FIELDS)
    record(actor=actor, action="sources.import_document", about=document, after=after)
    return _with_proposals(actor, document, computed, RunOutcome.EDITION if earlier else RunOutcome.NEW)


def _put(document: Document, computed: Computed) -> None:
    document.kind = DocumentFormat(computed.read.kind)
    document.file = store(computed.data, MEDIA_TYPES[document.kind])
    document.filename = Path(computed.filename).name[:255]
    document.sha256 = computed.read.sha256
    put_text(document, computed.read)
    store_layers(document, dict(computed.layers))


def _with_proposals(actor: Any, document: Document, computed: Computed, outcome: RunOutcome) -> ImportRun:
    run = _run(actor, document, computed, outcome)
    store_proposals(run, computed)
    return run


def _run(actor: Any, document: Document, computed: Computed, outcome: RunOutcome) -> ImportRun:
    return ImportRun.objects.create(
        document=document,
        actor=actor,
        outcome=outcome,
        passages=len(computed.read.passages),
        counts=counts_of(computed.proposals),
        warnings=list(computed.read.warnings),
    )


def earlier_edition(*, title: str, publisher: str) -> Document | None:
    """The newest document of the same title, apart from its years, and the same publisher."""
    same = Document.objects.light().exclude(sha256="").filter(publisher__iexact=publisher).order_by("-year", "-id")
    return next((document for document in same if _bare(document.title) == _bare(title)), None)


def _bare(title: str) -> str:
    """A title without years and capitals: a work programme of another year is an edition of the same publication."""
    words = "".join(" " if sign.isdigit() else sign for sign in title.casefold())
    return " ".join(words.split())
