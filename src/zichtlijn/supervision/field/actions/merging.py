"""Two records that turn out to be one organisation become one; the other stays as a signpost to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot
from zichtlijn.platform.search.indexing import CHUNK, index_records
from zichtlijn.platform.search.registry import followed_by, searchable_of

from ..clashes import settle_clashes
from ..keeping import locked
from ..models import Chain, ChainMember, HandOver, Organisation, OrganisationName, SteeringRole
from ..ordering import close_ranks

# In this order: a hand-over can only go to a member.
OWN_REFERENCES: tuple[tuple[Any, str], ...] = (
    (ChainMember, "organisation"),
    (HandOver, "giver"),
    (HandOver, "receiver"),
    (SteeringRole, "contractor"),
    (SteeringRole, "holder"),
)


@action("field.merge_organisation", permission="field.edit_field", on="organisation")
def merge_organisation(*, actor: Any, organisation: Organisation, into: Organisation, reason: str = "") -> Organisation:
    """Make ``organisation`` part of ``into`` and give back ``into``.

    Everything that refers to ``organisation``, in whatever app, refers to ``into`` afterwards. Roles and places in the
    field that would then be double, contradict those of ``into`` or refer to itself are dropped. Its names become
    spellings of ``into``, so that documents are still recognised.
    Raises ValidationError when both are the same, or one of them was merged already.
    """
    first, second = sorted([organisation, into], key=lambda item: item.pk)
    rows = {row.pk: row for row in (locked(first), locked(second))}
    gone, kept = rows[organisation.pk], rows[into.pk]
    _refuse_impossible(gone, kept)
    before_gone, before_kept = snapshot(gone), snapshot(kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    _take_over_facts(gone, kept)
    settle_clashes(actor, gone, kept)
    moved = _repoint(gone, kept)
    kept.full_clean()
    kept.save()
    name = "field.merge_organisation"
    record(actor=actor, action=name, about=gone, before=before_gone, after=snapshot(gone), reason=reason)
    after = {**snapshot(kept), "merged_record": str(gone), "taken_over": moved}
    record(actor=actor, action=name, about=kept, before=before_kept, after=after, reason=reason)
    return kept


def _refuse_impossible(gone: Organisation, kept: Organisation) -> None:
    if gone.pk == kept.pk:
        raise ValidationError({"into": _("Choose another organisation: it cannot be merged into itself.")})
    if gone.merged_into_id or kept.merged_into_id:
        raise ValidationError(_("This organisation was merged already."))


def _take_over_facts(gone: Organisation, kept: Organisation) -> None:
    known = [kept.name, kept.abbreviation, *kept.other_spellings.splitlines()]
    for name in gone.names.all():
        known += [name.name, name.abbreviation]
    known += gone.other_spellings.splitlines()
    spellings = [word for word in dict.fromkeys(known) if word and word not in (kept.name, kept.abbreviation)]
    kept.other_spellings = "\n".join(spellings)
    kept.tooi_id = kept.tooi_id or gone.tooi_id
    kept.region = kept.region or gone.region
    if kept.part_of_id in (None, gone.pk):
        kept.part_of = gone.part_of if gone.part_of_id != kept.pk else None
    kept.domains.add(*gone.domains.all())


def _repoint(gone: Organisation, kept: Organisation) -> list[str]:
    """Turn every reference around; tells how many of each kind of record were turned."""
    moved: Counter[str] = Counter()
    chains = list(Chain.objects.filter(members__organisation=gone))
    for model, name in OWN_REFERENCES:
        moved[model._meta.label_lower] += _turn_own(model, name, gone, kept)
    moved[Organisation._meta.label_lower] += _turn_parts(gone, kept)
    for chain in chains:
        close_ranks(list(chain.members.order_by("order", "id")))
        close_ranks(list(chain.hand_overs.order_by("order", "id")))
    for relation in _references_of_others():
        turn = _turn_many if relation.many_to_many else _turn_one
        moved[relation.related_model._meta.label_lower] += turn(relation, gone, kept)
    moved.update(_turn_generic(gone, kept))
    return [f"{label}: {count}" for label, count in sorted(moved.items()) if count]


def _turn_own(model: Any, name: str, gone: Organisation, kept: Organisation) -> int:
    count = 0
    for row in model.objects.filter(**{name: gone}):
        setattr(row, name, kept)
        try:
            row.full_clean()
        except ValidationError:
            row.delete()
        else:
            row.save()
            count += 1
    return count


def _turn_parts(gone: Organisation, kept: Organisation) -> int:
    parts = Organisation.objects.filter(part_of=gone).exclude(pk=kept.pk)
    for part in parts:
        part.part_of = kept if kept.part_of_id != part.pk else None
        part.save(update_fields=["part_of"])
    return len(parts)


def _references_of_others() -> list[Any]:
    """The relations to organisations that apps further down have; this module need not know which."""
    own = {model for model, _name in OWN_REFERENCES} | {Organisation, OrganisationName, Chain}
    relations = Organisation._meta.related_objects
    return [
        found for found in relations if found.related_model not in own and not found.related_model._meta.auto_created
    ]


def _turn_one(relation: Any, gone: Organisation, kept: Organisation) -> int:
    """Turn the records of another model: all in one statement where none becomes double, else one by one."""
    model, name = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{name: gone})
    if not followed_by(model):
        keys = list(rows.values_list("pk", flat=True))
        try:
            with transaction.atomic():
                count: int = rows.update(**{name: kept})
                _index_again(model, keys)
                return count
        except IntegrityError:
            pass
    return sum(_turned(row, name, kept) for row in rows)


def _index_again(model: Any, keys: list[Any]) -> None:
    how = searchable_of(model)
    for start in range(0, len(keys) if how else 0, CHUNK):
        index_records(how.stored_records().filter(pk__in=keys[start : start + CHUNK]))  # type: ignore[union-attr]


def _turn_many(relation: Any, gone: Organisation, kept: Organisation) -> int:
    if not relation.through._meta.auto_created:
        return 0  # its rows are turned as records of their own
    owners = list(relation.related_model._base_manager.filter(**{relation.field.name: gone}))
    for owner in owners:
        related = getattr(owner, relation.field.name)
        related.add(kept)
        related.remove(gone)
    return len(owners)


def _turn_generic(gone: Organisation, kept: Organisation) -> dict[str, int]:
    kind = ContentType.objects.get_for_model(Organisation)
    moved: Counter[str] = Counter()
    for model in apps.get_models():
        for reference in model._meta.private_fields:
            if isinstance(reference, GenericForeignKey):
                rows = model._base_manager.filter(**{reference.ct_field: kind, reference.fk_field: gone.pk})
                moved[model._meta.label_lower] += sum(_turned(row, reference.fk_field, kept.pk) for row in rows)
    return moved


def _turned(row: models.Model, name: str, target: Any) -> bool:
    """Turn one record of another app; what would then be double there stays as it is."""
    setattr(row, name, target)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True
