"""Two editions of a publication held against each other by what is proposed from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents import model

from .models import Document, Proposal, ProposalState
from .payload import FIELDS_OF_TYPE
from .proposal_forms import LABELS, words_of


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


def compared(earlier: Document, later: Document, user: Any) -> list[Group]:
    """New, changed and gone proposals of ``later`` against ``earlier``.

    What was merged or split counts as it is now.
    """
    from zichtlijn.analysis.documents.editions import compare

    before, now = _current(earlier, user), _current(later, user)
    changes = compare(_found(before), _found(now))
    known_before, known_now = {row.key: row for row in before}, {row.key: row for row in now}
    return [
        Group(_("New"), [_row(known_now[found.key]) for found in changes.new]),
        Group(_("Changed"), [_row(known_now[one.now.key], _changes(one.fields)) for one in changes.changed]),
        Group(_("Gone"), [_row(known_before[found.key]) for found in changes.gone]),
    ]


def _current(document: Document, user: Any) -> list[Proposal]:
    standing = (ProposalState.OPEN, ProposalState.ACCEPTED)
    rows = Proposal.objects.visible_to(user).filter(document=document, state__in=standing)
    return list(rows.exclude(type="footnote"))


def _found(rows: Iterable[Proposal]) -> list[model.Proposal]:
    return [_as_analysed(row) for row in rows]


def _as_analysed(row: Proposal) -> model.Proposal:
    values = {name: row.payload.get(name) for name in FIELDS_OF_TYPE[row.type] if row.payload.get(name) is not None}
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return model.Proposal(
        type=row.type,  # type: ignore[arg-type]
        key=row.key,
        confidence=row.confidence,
        reason=row.reason,
        quotes=(),
        **(plain | {"title": row.title}),
    )


def _row(row: Proposal, changes: tuple[FieldChange, ...] = ()) -> Row:
    return Row(row.get_type_display(), row.title, row.get_absolute_url(), changes)


def _changes(fields: Iterable[tuple[str, object, object]]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(LABELS[name], words_of(name, before), words_of(name, now)) for name, before, now in fields)
