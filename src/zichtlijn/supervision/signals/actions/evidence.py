"""The records that a score rests on: linked to a criterion while the weighing is being scored."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..evidence_kinds import EvidenceKind, kind_labelled, kind_of_type
from ..models import CriterionEvidence, IncidentWeighing
from ..norms import INCIDENT_CRITERIA
from ..queries.evidence import is_weighed
from ..stepping import locked
from ..telling import tell, told
from .weighing import WEIGH, check_open, name_of, sign


@action("signals.add_evidence", permission=WEIGH, on="weighing")
def add_evidence(
    *,
    actor: Any,
    weighing: IncidentWeighing,
    criterion: str,
    record: models.Model,
    note: str = "",
    revision: int | None = None,
) -> CriterionEvidence:
    """Link a record to the criterion that rests on it.

    Raises ValidationError for a weighing that is not being scored, a record that the actor cannot link, and one that
    is linked to the criterion already; Stale when somebody else changed the weighing.
    """
    fresh = locked(weighing)
    check_open(fresh)
    note = note.strip()
    if criterion not in INCIDENT_CRITERIA:
        raise ValidationError({"criterion": _("Choose a criterion from the list.")}, code="criterion")
    if len(note) > CriterionEvidence.NOTE_LENGTH:
        raise ValidationError({"note": _("This note is too long.")}, code="long")
    _require_linkable(actor, fresh, record)
    about = {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
    # Before the revision is looked at: who presses twice hears that it is linked, not that somebody was first.
    if fresh.evidence.filter(criterion=criterion, **about).exists():
        message = _("This is linked to this criterion already.")
        raise ValidationError({"record": message}, code="linked-already")
    locked(weighing, revision)
    before = told(fresh)
    made = CriterionEvidence.objects.create(
        weighing=fresh,
        criterion=criterion,
        note=note,
        added_by_id=getattr(actor, "pk", None),
        added_by_name=name_of(actor),
        **about,
    )
    _changed(actor, fresh, "signals.add_evidence", before, criterion)
    return made


@action("signals.remove_evidence", permission=WEIGH, on="weighing")
def remove_evidence(
    *, actor: Any, weighing: IncidentWeighing, number: int, revision: int | None = None
) -> IncidentWeighing:
    """Take a link away; the record itself stays. Only by who may see the record.

    Raises ValidationError for a weighing that is not being scored, and for a link that is not there (any more).
    """
    fresh = locked(weighing)
    check_open(fresh)
    kept = fresh.evidence.filter(pk=number).first()
    if kept is None:
        raise ValidationError({"number": _("This is not linked any more.")}, code="gone")
    kind = kind_of_type(kept.content_type_id)
    if actor is not None and not (kind and kind.seen(actor, [kept.object_id])):
        message = _("This record is not open to you. Somebody who may see it can unlink it.")
        raise ValidationError({"number": message}, code="not-open")
    locked(weighing, revision)
    before = told(fresh)
    kept.delete()
    _changed(actor, fresh, "signals.remove_evidence", before, kept.criterion)
    return fresh


def _require_linkable(actor: Any, weighing: IncidentWeighing, record: models.Model) -> None:
    """Raises ValidationError alike for what is not there, may not be seen or is of no kind that can be linked."""
    kind = kind_labelled(record._meta.label_lower)
    if kind is None or not _is_there(actor, kind, record):
        raise ValidationError({"record": _("Choose something that was found; this one is not there.")}, code="unknown")
    if is_weighed(weighing, record):
        message = _("The weighing is about this signal already, so it need not be linked. Choose something else.")
        raise ValidationError({"record": message}, code="itself")


def _is_there(actor: Any, kind: EvidenceKind, record: models.Model) -> bool:
    """For the system, which sees no records by itself, any of the kind."""
    return actor is None or kind.records(actor).filter(pk=record.pk).exists()


def _changed(actor: Any, weighing: IncidentWeighing, name: str, before: dict[str, Any], criterion: str) -> None:
    """The event names the criterion, and not the record: who reads of the weighing may not know of that."""
    weighing.revision += 1
    weighing.save(update_fields=["revision"])
    sign(actor, weighing)
    tell(actor=actor, action=name, about=weighing, before=before, also={"criterion": criterion})
