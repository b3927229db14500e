"""Words and tones of states, terms and steps, shared by all pages of the intake."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.design.tags.content import status as badge

from .models import OPEN_STATES, Outcome, Signal, SignalState

SOON = 3  # days before a term from which the list warns
TONES: dict[str, str] = {
    SignalState.RECEIVED: "info",
    SignalState.IN_TRIAGE: "info",
    SignalState.WAITING_SENDER: "warning",
    SignalState.WAITING_ORGANISATION: "warning",
    SignalState.WEIGHING: "info",
    Outcome.NO_ACTION: "neutral",
    Outcome.INVESTIGATION: "positive",
}


def tone(code: str) -> str:
    """The tone of the badge of a state or outcome."""
    return TONES.get(code, "neutral")


def stage_in_words(signal: Signal) -> str:
    """The stage; of what is closed, with the outcome."""
    if not signal.outcome:
        return str(signal.get_state_display())
    return f"{signal.get_state_display()}: {signal.get_outcome_display()}"


def stage_badge(signal: Signal) -> SafeString:
    """The stage as a badge, and whether it is demo."""
    shown = badge(stage_in_words(signal), tone(signal.outcome or signal.state))
    return format_html("{} {}", shown, badge(_("demo"))) if signal.is_demo else shown


def term_in_words(term: datetime, now: datetime | None = None) -> tuple[str, str]:
    """How long until a term, or since it, in days as a person counts them; and the tone of that."""
    # A term that ends at midnight ends with the day before it.
    last_day = timezone.localtime(term - timedelta(microseconds=1)).date()
    moment = now or timezone.now()
    days = (last_day - timezone.localtime(moment).date()).days
    if moment >= term:
        late = max(1, -days)
        return ngettext("%(count)s day too late", "%(count)s days too late", late) % {"count": late}, "negative"
    if days == 0:
        return _("until the end of today") if term - moment > timedelta(hours=6) else _("within hours"), "warning"
    words = ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return words, "warning" if days <= SOON else "neutral"


def term_badge(signal: Any) -> SafeString:
    """The first running term as a badge; nothing without one, or when it is no longer open."""
    if signal.term_at is None or signal.state not in OPEN_STATES:
        return SafeString("")
    return badge(*term_in_words(signal.term_at))
