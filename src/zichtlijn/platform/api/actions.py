"""What can be done with tokens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from .models import ApiToken
from .tokens import new_token

LONGEST = timedelta(days=366)
TOLD = ["user", "role", "name", "beginning", "expires_on", "revoked_at"]


class Made(NamedTuple):
    """A new token, and the secret that nobody sees again."""

    token: ApiToken
    secret: str


@action("api.make_token", permission="api.make_token", on="user")
def make_token(*, actor: Any, user: Any, name: str, expires_on: date) -> Made:
    """A token with which a system calls the API as ``user``. Raises ValidationError per field.

    ``user`` is an account of an organisation, or whoever asks for it.
    """
    if not (name := name.strip()):
        raise ValidationError({"name": _("Say which system uses it.")}, code="required")
    if not localdate() < expires_on <= localdate() + LONGEST:
        raise ValidationError({"expires_on": _("Choose a day after today, within a year.")}, code="range")
    made = new_token()
    token = ApiToken.objects.create(
        user=user, name=name[:100], beginning=made.beginning, sha256=made.sha256, expires_on=expires_on
    )
    record(actor=actor, action="api.make_token", about=token, after=snapshot(token, fields=TOLD))
    return Made(token, made.secret)


@action("api.revoke_token", permission="api.revoke_token", on="token")
def revoke_token(*, actor: Any, token: ApiToken) -> ApiToken:
    """From now on it opens nothing. Once more changes nothing."""
    kept = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if kept.revoked_at is not None:
        return kept
    before = snapshot(kept, fields=TOLD)
    kept.revoked_at = timezone.now()
    kept.save(update_fields=["revoked_at"])
    record(actor=actor, action="api.revoke_token", about=kept, before=before, after=snapshot(kept, fields=TOLD))
    return kept
