"""The records that the criteria of a weighing rest on, as far as the user may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ..evidence_kinds import EvidenceKind, evidence_kinds, evidence_value, is_address, kind_of_type
from ..models import CriterionEvidence, IncidentWeighing, Signal

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that a criterion rests on; of one that is not open to the user, ``record`` and ``kind`` are None."""

    number: int
    criterion: str
    record: Any = None
    kind: EvidenceKind | None = None
    note: str = ""
    added_by_name: str = ""
    added_at: datetime | None = None

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.kind.title(self.record) if self.kind else ""

    @property
    def reference(self) -> str:
        """What people call it, or its number."""
        return self.kind.reference(self.record) if self.kind else ""

    @property
    def name(self) -> str:
        """Reference and title, for a kind that has references."""
        return in_words(self.kind, self.record) if self.kind else ""


@dataclass(frozen=True, slots=True)
class Found:
    """Records that can be linked, as choices of a form; ``is_more`` when there are more of a kind than are shown."""

    choices: tuple[tuple[str, str], ...]
    is_more: bool = False


def evidence_of(weighing: IncidentWeighing, user: Any) -> list[Linked]:
    """The linked records in the order in which they were linked; a query more for each kind among them."""
    rows = list(CriterionEvidence._base_manager.filter(weighing=weighing.pk).order_by("pk"))
    keys: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        keys[row.content_type_id].add(row.object_id)
    kinds = {about: kind_of_type(about) for about in keys}
    seen = {about: kind.seen(user, sorted(keys[about])) for about, kind in kinds.items() if kind is not None}
    return [_linked(row, kinds[row.content_type_id], seen.get(row.content_type_id, {})) for row in rows]


def records_of(linked: list[Linked]) -> list[models.Model]:
    """The records among these that are open to the user, each once."""
    return list({evidence_value(each.record): each.record for each in linked if each.record is not None}.values())


def evidence_found(user: Any, weighing: IncidentWeighing, *, asked: str, kind: EvidenceKind | None = None) -> Found:
    """What can be linked: the one that a reference or address names, else all that hold the words asked for."""
    kinds = [kind] if kind else evidence_kinds()
    found = {each: [record] for each in kinds if (record := each.named(user, asked)) is not None}
    is_more = False
    if not is_address(asked) and (not found or asked.isdecimal()):  # a number can be one of the words as well
        for each in kinds:
            held = list(each.holding(user, asked)[: MOST_FOUND + 1])
            is_more = is_more or len(held) > MOST_FOUND
            found[each] = [*found.get(each, []), *held[:MOST_FOUND]]
    choices = dict(
        as_choice(each, record)
        for each, records in found.items()
        for record in records
        if not is_weighed(weighing, record)
    )
    return Found(tuple(choices.items()), is_more)


def is_weighed(weighing: IncidentWeighing, record: models.Model) -> bool:
    """True for the signal that the weighing is about: it leads to it without being evidence."""
    return isinstance(record, Signal) and record.pk == weighing.signal_id


def in_words(kind: EvidenceKind, record: Any) -> str:
    """What a record is called, after its reference where it has one."""
    title, reference = kind.title(record), kind.reference(record)
    return title if reference == str(record.pk) else f"{reference} – {title}"


def as_choice(kind: EvidenceKind, record: Any) -> tuple[str, str]:
    """What a form sends for a record, and what people read: its name, its kind and what tells it from others."""
    told = ", ".join(part for part in (str(kind.name), kind.detail(record)) if part)
    return evidence_value(record), f"{in_words(kind, record)} ({told})"


def weighings_resting_on(user: Any, record: models.Model) -> models.QuerySet[IncidentWeighing]:
    """The weighings that the user may see of which a criterion rests on this record."""
    about = ContentType.objects.get_for_model(record)
    rows = CriterionEvidence._base_manager.filter(content_type=about, object_id=record.pk)
    found: models.QuerySet[IncidentWeighing] = IncidentWeighing.objects.visible_to(user)
    return found.filter(pk__in=rows.values("weighing"))


def _linked(row: CriterionEvidence, kind: EvidenceKind | None, seen: Any) -> Linked:
    record = seen.get(row.object_id)
    if record is None:
        return Linked(row.pk, row.criterion)
    return Linked(row.pk, row.criterion, record, kind, row.note, row.added_by_name, row.added_at)
