"""What somebody can do about being told."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from .models import MailState, Notice, NoticeSetting, OutgoingMail, Rhythm

OWN = "notices.change_own"


@action("notices.set_rhythm", permission=OWN)
def set_rhythm(*, actor: Any, rhythm: str) -> NoticeSetting:
    """When notices are mailed to the actor. Raises ValidationError for anything but a rhythm."""
    if rhythm not in Rhythm.values:
        raise ValidationError({"rhythm": _("Choose when you want to be mailed.")}, code="rhythm")
    kept = _own(actor)
    before, kept.rhythm = kept.rhythm, Rhythm(rhythm)
    kept.save()
    record(
        actor=actor, action="notices.set_rhythm", about=kept, before={"rhythm": before}, after={"rhythm": kept.rhythm}
    )
    return kept


@action("notices.renew_calendar", permission=OWN)
def renew_calendar(*, actor: Any) -> str:
    """A new secret for the address of the actor's calendar, told once; the earlier address stops working."""
    kept, token = _own(actor), secrets.token_urlsafe(32)
    kept.calendar_token = digest_of(token)
    kept.save()
    record(actor=actor, action="notices.renew_calendar", about=kept)
    return token


@action("notices.stop_calendar", permission=OWN)
def stop_calendar(*, actor: Any) -> NoticeSetting:
    """No calendar any more: its address stops working at once."""
    kept = _own(actor)
    kept.calendar_token = ""
    kept.save()
    record(actor=actor, action="notices.stop_calendar", about=kept)
    return kept


@action("notices.try_again", permission="notices.try_again")
def try_again(*, actor: Any, mail: OutgoingMail) -> OutgoingMail:
    """Send a mail that was given up, or that waits for its next attempt, at the next round.

    Raises ValidationError for one that was sent or is being sent.
    """
    fresh: OutgoingMail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if fresh.state not in (MailState.WAITING, MailState.GIVEN_UP):
        raise ValidationError(_("It was sent, or is being sent."), code="sent")
    before = {"state": fresh.state, "attempts": fresh.attempts}
    fresh.state, fresh.attempts, fresh.next_at = MailState.WAITING, 0, timezone.now()
    fresh.save()
    after = {"state": fresh.state, "attempts": fresh.attempts}
    record(actor=actor, action="notices.try_again", about=fresh, before=before, after=after)
    return fresh


def mark_read(user: Any, **wanted: Any) -> int:
    """Note that the user read own notices (``wanted``: which). Reading is no action: nothing of a case changes."""
    unread = Notice.objects.visible_to(user).filter(read_at__isnull=True, **wanted)
    return int(unread.update(read_at=timezone.now()))


def digest_of(token: str) -> str:
    """How the secret of a calendar is stored: 256 bits by chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _own(actor: Any) -> NoticeSetting:
    found: tuple[NoticeSetting, bool] = NoticeSetting.objects.select_for_update().get_or_create(user=actor)
    return found[0]
