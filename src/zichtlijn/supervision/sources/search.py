"""Documents, their passages, datasets and figures can be searched; documents, datasets and figures commented on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import register_searchable

from .models import Dataset, Document, Passage, SavedFigure


def document_body(document: Document) -> str:
    """What is known about a document; its text is found through its passages."""
    known = (document.publisher, str(document.year or ""), document.origin, document.licence)
    return " ".join(part for part in known if part)


def passage_title(passage: Passage) -> str:
    """The document and the page, because a passage has no name of its own."""
    if passage.page_first is None:
        return passage.document.title
    return _("%(title)s, page %(page)s") % {"title": passage.document.title, "page": passage.page_first}


def dataset_body(dataset: Dataset) -> str:
    """What is known about a dataset beside the cases in it, which are never searched."""
    known = (dataset.chain.name if dataset.chain else "", dataset.publisher, dataset.origin, dataset.licence)
    return " ".join(part for part in known if part)


def figure_body(figure: SavedFigure) -> str:
    """The note and the dataset of a figure."""
    return f"{figure.note} {figure.dataset.title}".strip()


register_searchable("sources.document", title=lambda document: document.title, body=document_body, order=40)
register_searchable(
    "sources.passage",
    title=passage_title,
    body=lambda passage: passage.text,
    select_related=("document",),
    order=90,
)
register_searchable(
    "sources.dataset",
    title=lambda dataset: dataset.title,
    body=dataset_body,
    follow={"field.chain": lambda chain: chain.datasets.all()},
    select_related=("chain",),
    order=45,
)
register_searchable(
    "sources.savedfigure",
    title=lambda figure: figure.title,
    body=figure_body,
    follow={"sources.dataset": lambda dataset: dataset.figures.all()},
    select_related=("dataset",),
    order=46,
)

register_commentable("sources.document")
register_commentable("sources.dataset")
register_commentable("sources.savedfigure")
