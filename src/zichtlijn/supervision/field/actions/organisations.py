"""Organisations and their names over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..keeping import add, change, locked
from ..models import Domain, Organisation, OrganisationName, Region
from ..periods import ONE_DAY

PERMISSION = "field.edit_field"


@action("field.register_organisation", permission=PERMISSION)
def register_organisation(
    *,
    actor: Any,
    name: str,
    abbreviation: str = "",
    kind: str = Organisation.Kind.ORGANISATION,
    tooi_id: str = "",
    region: Region | None = None,
    domains: Iterable[Domain] = (),
    part_of: Organisation | None = None,
    is_supervised: bool = True,
    other_spellings: str = "",
    description: str = "",
    valid_from: date | None = None,
    is_demo: bool = False,
    reason: str = "",
) -> Organisation:
    """Add an organisation; ``valid_from`` is the first day on which it bore this name, when that is known."""
    organisation = Organisation(
        name=name,
        abbreviation=abbreviation,
        kind=kind,
        tooi_id=tooi_id,
        region=region,
        part_of=part_of,
        is_supervised=is_supervised,
        other_spellings=other_spellings,
        description=description,
        is_demo=is_demo,
    )
    relations = {"domains": domains}
    add(organisation, actor=actor, action="field.register_organisation", relations=relations, reason=reason)
    _keep_name(OrganisationName(organisation=organisation, name=name, abbreviation=abbreviation, valid_from=valid_from))
    return organisation


@action("field.edit_organisation", permission=PERMISSION, on="organisation")
def edit_organisation(
    *,
    actor: Any,
    organisation: Organisation,
    kind: str,
    tooi_id: str = "",
    region: Region | None = None,
    domains: Iterable[Domain] = (),
    part_of: Organisation | None = None,
    is_supervised: bool = True,
    other_spellings: str = "",
    description: str = "",
    reason: str = "",
) -> Organisation:
    """Change what is known about an organisation; its name changes by ``rename_organisation`` or ``correct_name``."""
    values = {
        "kind": kind,
        "tooi_id": tooi_id,
        "region": region,
        "part_of": part_of,
        "is_supervised": is_supervised,
        "other_spellings": other_spellings,
        "description": description,
    }
    name = "field.edit_organisation"
    return change(organisation, values, actor=actor, action=name, relations={"domains": domains}, reason=reason)


@action("field.rename_organisation", permission=PERMISSION, on="organisation")
def rename_organisation(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    abbreviation: str = "",
    valid_from: date,
    reason: str = "",
) -> Organisation:
    """The organisation bears a new name from ``valid_from``; the name of that day ends the day before.

    A day in the past is allowed: the new name then holds until the next one begins. Raises ValidationError when the
    organisation bears this name already on that day, or gets another one on that very day.
    """
    organisation = locked(organisation)
    before = _naming(organisation)
    previous = next((known for known in organisation.names.all() if known.holds_on(valid_from)), None)
    new = OrganisationName(organisation=organisation, name=name, abbreviation=abbreviation, valid_from=valid_from)
    if previous:
        _end_before(previous, new)
    else:
        new.valid_until = _day_before_next(organisation, valid_from)
    _keep_name(new)
    return _renamed(organisation, before, actor, "field.rename_organisation", reason)


@action("field.correct_name", permission=PERMISSION)
def correct_name(
    *,
    actor: Any,
    organisation_name: OrganisationName,
    name: str,
    abbreviation: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str = "",
) -> Organisation:
    """Mend a name that was entered with a mistake in it or in its days. Raises ValidationError on an overlap."""
    organisation = locked(organisation_name.organisation)
    before = _naming(organisation)
    kept = locked(organisation_name)
    kept.name, kept.abbreviation = name, abbreviation
    kept.valid_from, kept.valid_until = valid_from, valid_until
    _keep_name(kept)
    return _renamed(organisation, before, actor, "field.correct_name", reason)


@action("field.remove_name", permission=PERMISSION)
def remove_name(*, actor: Any, organisation_name: OrganisationName, reason: str = "") -> Organisation:
    """Take away a name that the organisation never bore. Raises ValidationError for the only name it has."""
    organisation = locked(organisation_name.organisation)
    before = _naming(organisation)
    if len(before["names_over_time"]) == 1:
        raise ValidationError(_("An organisation keeps at least one name. Correct this name instead."))
    organisation_name.delete()
    return _renamed(organisation, before, actor, "field.remove_name", reason)


def _end_before(previous: OrganisationName, new: OrganisationName) -> None:
    if previous.valid_from == new.valid_from:
        message = _("On this day the organisation already gets the name %(name)s. Correct that name instead.")
        raise ValidationError({"valid_from": ValidationError(message, params={"name": previous})})
    if (previous.name, previous.abbreviation) == (new.name, new.abbreviation):
        raise ValidationError({"name": _("The organisation bears this name already on this day.")})
    new.valid_until = previous.valid_until
    previous.valid_until = new.valid_from - ONE_DAY if new.valid_from else None
    _keep_name(previous)


def _day_before_next(organisation: Organisation, day: date) -> date | None:
    later = [name.valid_from for name in organisation.names.all() if name.valid_from and name.valid_from > day]
    return min(later) - ONE_DAY if later else None


def _keep_name(name: OrganisationName) -> None:
    name.full_clean()
    name.save()


def _naming(organisation: Organisation) -> dict[str, Any]:
    """How the organisation is and was called, as an event tells it."""
    names = [f"{name} ({name.period})" for name in OrganisationName.objects.filter(organisation=organisation)]
    return {"name": organisation.name, "abbreviation": organisation.abbreviation, "names_over_time": names}


def _renamed(
    organisation: Organisation, before: dict[str, Any], actor: Any, action_name: str, reason: str
) -> Organisation:
    """Bring the name of today up to date and record what the names became."""
    today = localdate()
    names = list(OrganisationName.objects.filter(organisation=organisation))
    current = next((name for name in names if name.holds_on(today)), names[-1])
    organisation.name, organisation.abbreviation = current.name, current.abbreviation
    organisation.full_clean()
    organisation.save(update_fields=["name", "abbreviation"])
    after = _naming(organisation)
    if after != before:
        record(actor=actor, action=action_name, about=organisation, before=before, after=after, reason=reason)
    return organisation
