"""What is known about a document beside its text."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..models import Document
from ..storing import index_passages

FIELDS = ["title", "publisher", "year", "published_on", "licence", "origin"]


@action("sources.edit_document", permission="sources.change_document", on="document")
def edit_document(*, actor: Any, document: Document, values: dict[str, Any]) -> Document:
    """Change title, publisher, year, date, licence or origin. Raises ValidationError; the text is never changed."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    before = snapshot(document, fields=FIELDS)
    for name in FIELDS:
        if name in values:
            setattr(document, name, values[name])
    document.full_clean(exclude=["file", "edition_of", "added_by"])
    document.save(update_fields=FIELDS)
    after = snapshot(document, fields=FIELDS)
    if after["title"] != before["title"]:
        index_passages(document.passages.select_related("document"))
    if after != before:
        record(actor=actor, action="sources.edit_document", about=document, before=before, after=after)
    return document
