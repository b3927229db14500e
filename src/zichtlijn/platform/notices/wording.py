"""What notices and mails about them say. A mail has references and addresses, and nothing of what a case says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zichtlijn.platform.events.wording import name_actions, name_values
from zichtlijn.platform.tasks.messages import read_sentences

from .models import Notice

MOST_LINES = 50


def text_of(notice: Notice) -> str:
    """The sentence of a notice, in the language of the reader."""
    stored = dict(notice.sentence)
    params = dict(stored.get("params") or {})
    if day := params.get("day"):
        params["day"] = date_format(date.fromisoformat(day), "DATE_FORMAT")
    return read_sentences([stored | {"params": params}])[0]


def what_of(notice: Notice) -> str:
    """The reference of what a notice is about."""
    return str((notice.sentence.get("params") or {}).get("what", ""))


def mail_about(notices: Sequence[Notice]) -> tuple[str, str]:
    """Subject and text of a mail about one notice or more, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            _("Notice about %(what)s") % {"what": what_of(notices[0])}
            if len(notices) == 1
            else ngettext("%(count)s notice", "%(count)s notices", len(notices)) % {"count": len(notices)}
        )
        shown = notices[:MOST_LINES]
        lines = [_line(notice) for notice in shown]
        if rest := len(notices) - len(shown):
            lines.append(ngettext("And %(count)s more.", "And %(count)s more.", rest) % {"count": rest})
        return f"Zichtlijn: {subject}", "\n\n".join([*lines, _closing()]) + "\n"


def full_address(path: str) -> str:
    """The address of a page for who is not in the product; empty when the installation did not say where it is."""
    return settings.PUBLIC_ADDRESS + path if settings.PUBLIC_ADDRESS and path else ""


def _line(notice: Notice) -> str:
    told = _("There is a notice about %(what)s.") % {"what": what_of(notice)}
    address = full_address(notice.url)
    return f"{told}\n{address}" if address else told


def _closing() -> str:
    how = _("Sign in to read it. When you are mailed, you choose in Zichtlijn under Notices.")
    address = full_address(reverse("notices:settings"))
    return f"--\n{how}\n{address}" if address else f"--\n{how}"


def names() -> dict[str, Any]:
    """What is done with notices, as a past participle."""
    return {
        "notices.set_rhythm": gettext_lazy("e-mail changed"),
        "notices.renew_calendar": gettext_lazy("calendar address renewed"),
        "notices.stop_calendar": gettext_lazy("calendar address withdrawn"),
        "notices.try_again": gettext_lazy("to be sent again"),
    }


name_actions(names())
name_values({"attempts": gettext_lazy("attempts")})
