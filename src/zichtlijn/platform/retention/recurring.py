"""What retention does every so often. It tells what is due, and goes on with what was approved; it decides nothing."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.recording import record
from zichtlijn.platform.notices.registry import register_kinds
from zichtlijn.platform.notices.telling import tell_people
from zichtlijn.platform.tasks.recurring import recurring

from .due import due_of
from .executing import go_on
from .models import RetentionRule
from .registry import Swept, listed_kinds, swept_kinds
from .rules import Rulebook
from .terms import Unit, last_that_is_due

register_kinds({"retention.due": _("The term of records has passed: %(what)s. Nothing goes until a list is made.")})


@recurring("retention.go_on", every=timedelta(seconds=10), title=_("carry out approved destruction lists"))
def carry_on() -> int:
    """Lists that somebody set going, also those that were cut off."""
    return go_on()


@recurring("retention.tell_due", every=timedelta(days=1), title=_("tell of records whose term has passed"))
def tell_due() -> int:
    """Tell who makes the lists, once a month for each kind of which something is due; how many were told."""
    book, month = Rulebook(), f"{localdate():%Y-%m}"
    told = 0
    for kept in listed_kinds():
        first = next((each for each in due_of(kept, book=book) if not each.stopped_by), None)
        if first is not None:
            told += _tell(first.rule, str(kept.name), f"retention.due:{kept.kind}:{month}")
    return told


@transaction.atomic
def _tell(rule: RetentionRule, name: str, key: str) -> int:
    from django.urls import reverse

    active = get_user_model()._default_manager.filter(is_active=True)
    people = [user for user in active if user.has_perm("retention.make_list")]
    return tell_people(people, "retention.due", about=rule, what=name, key=key, url=reverse("retention:overview"))


@recurring("retention.sweep", every=timedelta(days=1), title=_("destroy passing copies after their term"))
def sweep() -> int:
    """Passing copies, by the rule that holds for them; how many went. Each time is recorded."""
    return sum(_swept(kept) for kept in swept_kinds())


@transaction.atomic
def _swept(kept: Swept) -> int:
    rule = Rulebook().on(kept.kind, "", localdate())
    if rule is None or rule.amount is None or rule.due_on(localdate()) is None:
        return 0
    last = last_that_is_due(localdate(), rule.amount, Unit(rule.unit))
    number = kept.sweep(timezone.make_aware(datetime.combine(last, time.min)))
    if number:
        record(actor=None, action="retention.sweep", about=rule, after={"number": number, "before": last})
    return number
