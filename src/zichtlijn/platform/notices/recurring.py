"""What notices do every so often."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.tasks.recurring import recurring

from .outbox import send_waiting


@recurring("notices.send", every=timedelta(seconds=30), title=_("send e-mail"))
def send() -> None:
    """One round over the outbox."""
    send_waiting()
