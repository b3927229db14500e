"""Telling people, in the transaction of the cause: a notice in the product, and a mail for who wants it at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from zichtlijn.platform.tasks.messages import Sentence

from .models import Notice, NoticeSetting, Rhythm
from .outbox import put_out
from .registry import sentence_of
from .wording import mail_about


def tell_people(
    people: Iterable[Any],
    kind: str,
    *,
    about: models.Model,
    actor: Any = None,
    key: str = "",
    what: str = "",
    url: str = "",
    day: date | None = None,
    even_unseen: bool = False,
) -> int:
    """Tell each of ``people`` once; how many were told. Called within the transaction of the cause.

    Who is inactive, did it (``actor``) or may not see ``about`` is not told. The same ``key`` is told the same person
    only once. ``what`` is the reference, where that is not ``str(about)``; ``url`` where it leads, when that is not
    the page of ``about``. ``even_unseen`` also tells who may not see it: the reference, and a page that stays closed.
    Raises KeyError for a kind that nobody registered or whose sentence needs a day that is not
    given, and TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("people are told in the transaction of what they are told of")
    params = {"what": what or str(about)} | ({"day": day.isoformat()} if day else {})
    sentence = Sentence(sentence_of(kind), params).stored()
    str(sentence["message"]) % params  # now rather than when somebody reads it
    key = key or f"{kind}:{uuid.uuid4()}"
    told = [person for person in _not_told_yet(people, actor, key) if even_unseen or sees(person, about)]
    if not told:
        return 0
    address = url or _address(about)
    made = [
        Notice(
            user=person,
            kind=kind,
            sentence=sentence,
            url=address,
            model_label=about._meta.label_lower,
            object_id=about.pk,
            key=key,
        )
        for person in told
    ]
    at_once = _who_want_it_at_once(told)
    for notice in made:
        notice.mailed_at = timezone.now() if notice.user_id in at_once else None
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    for notice in made:
        if notice.user_id in at_once:
            put_out(notice.user.email, *mail_about([notice]), key=f"{notice.user_id}:{key}")
    return len(made)


def _not_told_yet(people: Iterable[Any], actor: Any, key: str) -> list[Any]:
    others = {person.pk: person for person in people if person is not None and person.is_active}
    others.pop(getattr(actor, "pk", None), None)
    if not others:
        return []
    known = set(Notice.objects.filter(user__in=list(others), key=key).values_list("user_id", flat=True))
    return [person for person in others.values() if person.pk not in known]


def sees(person: Any, about: models.Model) -> bool:
    """True when somebody may see a record. Raises AttributeError for a model that does not say who sees it."""
    seen: Any = type(about)._default_manager
    return bool(seen.visible_to(person).filter(pk=about.pk).exists())


def _address(about: models.Model) -> str:
    address = getattr(about, "get_absolute_url", None)
    return str(address()) if address else ""


def _who_want_it_at_once(people: list[Any]) -> set[int]:
    able = [person.pk for person in people if person.email]
    wanted = NoticeSetting.objects.filter(user__in=able, rhythm=Rhythm.AT_ONCE)
    return set(wanted.values_list("user_id", flat=True))
