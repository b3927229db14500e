"""Making a decided version: freeze, number, sign with a digest that the event record repeats."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.recording import record

from .freezing import digest_of, freeze_programme, frozen_text
from .models import Activity, Programme, ProgrammeVersion

FROZEN = "programme.freeze_version"


def freeze_version(programme: Programme, *, actor: Any, on: date, reason: str) -> ProgrammeVersion:
    """Store the programme as it is now as its next version; its activities count as decided from here on."""
    text = frozen_text(freeze_programme(programme))
    last = programme.versions.aggregate(last=Max("number"))["last"] or 0
    version = ProgrammeVersion(
        programme=programme,
        number=last + 1,
        content=text,
        digest=digest_of(text),
        decided_on=on,
        decided_by=actor,
        decided_by_name="" if actor is None else str(actor)[:150],
        reason=reason,
    )
    version.save()
    Activity.objects.in_programme().filter(programme=programme, decided_in=None).update(decided_in=version)
    # The digest in the sealed event makes a change of both text and digest visible.
    record(actor=actor, action=FROZEN, about=version, after={"number": version.number, "digest": version.digest})
    return version


def has_recorded_digest(version: ProgrammeVersion) -> bool:
    """True when the event of the decision names the digest that the version carries."""
    event = Event.objects.about(version).filter(action=FROZEN).last()
    return event is not None and event.after_values.get("digest") == version.digest
