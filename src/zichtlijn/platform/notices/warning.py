"""Warning people of terms that are about to end, and telling them of those that have passed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .deadlines import Deadline, deadlines_of
from .registry import register_kinds
from .telling import tell_people

DAYS_BEFORE, DAYS_AFTER = 3, 7
"""From how many days before its last day people are warned, and until when after it a term that passed is told."""

register_kinds(
    {
        "notices.term_near": _("A term of %(what)s ends on %(day)s."),
        "notices.term_passed": _("A term of %(what)s passed: its last day was %(day)s."),
    }
)


def warn_of_terms(today: date | None = None) -> int:
    """Tell everybody once of each own term that is near, and once of each that passed; how many were told."""
    today = today or localdate()
    people = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    return sum(_warn(person, today) for person in people.iterator())


def _warn(person: Any, today: date) -> int:
    since, until = today - timedelta(days=DAYS_AFTER), today + timedelta(days=DAYS_BEFORE)
    return sum(_tell(person, each, today) for each in deadlines_of(person, since, until) if each.warns)


@transaction.atomic
def _tell(person: Any, each: Deadline, today: date) -> int:
    kind = "notices.term_passed" if each.day < today else "notices.term_near"
    key = f"{kind}:{each.key}:{each.day.isoformat()}"
    return tell_people([person], kind, about=each.about, key=key, what=each.what, url=each.url, day=each.day)
