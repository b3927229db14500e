"""What an event may say of something that came in: events are kept for good, what people wrote is not."""

from __future__ import annotations

from typing import Any

from django.db import models

from zichtlijn.platform.events.recording import record, snapshot

from .notices import tell_who_needs_it

# Codes, keys and moments; never a word that somebody wrote, a name, or the name of a file.
TOLD = {
    "signals.signal": (
        *("kind", "channel", "state", "outcome", "organisation", "domain", "region", "received_at", "submitted_at"),
        *("assignee", "team", "access", "term_at", "closed_at", "merged_into", "bundle", "incident", "added_id"),
    ),
    "signals.notification": ("category", "discovered_at", "due_at", "phoned_at", "closing_due_at"),
    "signals.ownevaluation": ("state", "due_on", "handed_in_at", "judged_at"),
    "signals.incidentfile": ("state", "happened_on", "taken_fte", "team", "access", "closed_at"),
    "signals.incidentweighing": ("state", "signal", "incident", "submitted_at", "decided_at"),
}


def told(about: models.Model) -> dict[str, Any]:
    """The fields of a record that go into its events."""
    return snapshot(about, fields=list(TOLD[about._meta.label_lower]))


def tell(
    *,
    actor: Any,
    action: str,
    about: models.Model,
    before: dict[str, Any] | None = None,
    ground: str = "",
    also: dict[str, str] | None = None,
) -> None:
    """Record what happened to a record, as it is now, and tell whom it concerns.

    ``ground`` is a code, not a reason in words; ``also`` holds codes that are no field of the record.
    """
    record(actor=actor, action=action, about=about, before=before, after=told(about) | (also or {}), reason=ground)
    tell_who_needs_it(actor=actor, action=action, about=about, before=before or {})
