"""What notices do every so often."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.tasks.recurring import recurring

from .digest import write_digests
from .models import MailState, OutgoingMail
from .outbox import send_waiting
from .warning import warn_of_terms

SENT_MAIL_IS_KEPT = timedelta(days=30)


@recurring("notices.send", every=timedelta(seconds=30), title=_("send e-mail"))
def send() -> None:
    """One round over the outbox."""
    send_waiting()


@recurring("notices.warn", every=timedelta(hours=1), title=_("warn of terms"))
def warn() -> None:
    """Terms that are near, and those that passed."""
    warn_of_terms()


@recurring("notices.digest", every=timedelta(minutes=10), title=_("write the mail of the day"))
def digest() -> None:
    """After seven, for who did not have it yet."""
    write_digests()


@recurring("notices.tidy", every=timedelta(days=1), title=_("throw away mail that was sent"))
def tidy() -> None:
    """Mail that was sent a month ago; what was given up stays until somebody looks at it."""
    long_ago = timezone.now() - SENT_MAIL_IS_KEPT
    OutgoingMail.objects.filter(state=MailState.SENT, sent_at__lt=long_ago).delete()
