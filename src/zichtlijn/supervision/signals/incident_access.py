"""Who sees an incident file and what is in it: never more people than saw each signal that goes into it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import STAFF
from zichtlijn.platform.casefiles.models import Access, FileAccess

from .models import IncidentFile, Signal


def audience_for(signals: Sequence[Signal]) -> dict[str, Any]:
    """Access, team and file of a new incident file: those of the narrowest of its signals.

    Raises ValidationError when two of them are narrow in different ways.
    """
    restricted = {signal.file_key for signal in signals if signal.access == Access.RESTRICTED}
    if len(restricted) > 1:
        message = _("Two of these are restricted to different people. Open the incident file with one of them.")
        raise ValidationError(message, code="two-restricted")
    if restricted:
        return {"access": Access.RESTRICTED, "file_key": restricted.pop()}
    teams = {signal.team_id for signal in signals if signal.access == Access.TEAM}
    if len(teams) > 1:
        message = _("These are open to different teams. Open them to the same team or to all staff first.")
        raise ValidationError(message, code="two-teams")
    return {"access": Access.TEAM, "team_id": teams.pop()} if teams else {}


def adopt(signal: Signal, incident: IncidentFile) -> None:
    """Let a signal take over the access of the file that it goes into; the caller saves it.

    Raises ValidationError when that would show it to people who may not see it now.
    """
    if signal.access == Access.RESTRICTED and signal.file_key != incident.file_key:
        message = _("%(signal)s is restricted to named people who are not those of this file. Open it to more first.")
        raise ValidationError(message, code="wider", params={"signal": signal})
    same_team = incident.access == Access.TEAM and incident.team_id == signal.team_id
    if signal.access == Access.TEAM and not (same_team or incident.access == Access.RESTRICTED):
        message = _("%(signal)s is open to one team only, and this file to others as well.")
        raise ValidationError(message, code="wider", params={"signal": signal})
    signal.incident = incident
    signal.access, signal.file_key = incident.access, incident.file_key
    if incident.access == Access.TEAM:
        signal.team = incident.team


def leave(signal: Signal, actor: Any) -> None:
    """Let a signal go on as a file of its own, seen by the same people of the inspectorate; the caller saves it."""
    before, signal.file_key, signal.incident = signal.file_key, uuid.uuid4(), None
    if signal.access != Access.RESTRICTED:
        return
    holding = FileAccess.objects.holding().filter(file_key=before, user__role__in=STAFF)
    FileAccess.objects.bulk_create(
        FileAccess(
            file_key=signal.file_key,
            user_id=each.user_id,
            purpose=each.purpose,
            is_owner=each.is_owner,
            until=each.until,
            given_by_id=getattr(actor, "pk", None),
        )
        for each in holding
    )
