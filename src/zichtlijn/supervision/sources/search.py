"""Documents and their passages can be searched, and documents commented on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import register_searchable

from .models import Document, Passage


def document_body(document: Document) -> str:
    """What is known about a document; its text is found through its passages."""
    known = (document.publisher, str(document.year or ""), document.origin, document.licence)
    return " ".join(part for part in known if part)


def passage_title(passage: Passage) -> str:
    """The document and the page, because a passage has no name of its own."""
    if passage.page_first is None:
        return passage.document.title
    return _("%(title)s, page %(page)s") % {"title": passage.document.title, "page": passage.page_first}


register_searchable("sources.document", title=lambda document: document.title, body=document_body, order=40)
register_searchable(
    "sources.passage",
    title=passage_title,
    body=lambda passage: passage.text,
    select_related=("document",),
    order=90,
)

register_commentable("sources.document")
