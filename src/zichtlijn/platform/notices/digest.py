"""One mail a day with what came together, for who chose that."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import Notice, NoticeSetting, Rhythm
from .outbox import put_out
from .wording import mail_about

SENT_AT = time(7, 0)
"""On the clock here."""


def write_digests(now: datetime | None = None) -> int:
    """Put the mail of today in the outbox for everybody who has unread notices from before it; how many were put.

    Does nothing before seven. Each person gets one a day; nobody gets an empty one.
    """
    now = timezone.localtime(now or timezone.now())
    since = timezone.make_aware(datetime.combine(now.date(), SENT_AT))
    if now < since:
        return 0
    wants_it = Q(notice_setting__isnull=True) | Q(notice_setting__rhythm=Rhythm.DAILY)
    not_yet = Q(notice_setting__last_digest_on__isnull=True) | Q(notice_setting__last_digest_on__lt=now.date())
    waiting = Notice.objects.filter(mailed_at__isnull=True, read_at__isnull=True, at__lt=since).values("user")
    people = get_user_model()._default_manager.filter(wants_it & not_yet, is_active=True, pk__in=waiting)
    return sum(_write(person, since, now) for person in people.exclude(email="").order_by("pk"))


@transaction.atomic
def _write(person: Any, since: datetime, now: datetime) -> int:
    setting, _is_new = NoticeSetting.objects.select_for_update().get_or_create(user=person)
    if setting.rhythm != Rhythm.DAILY or (setting.last_digest_on and setting.last_digest_on >= now.date()):
        return 0  # somebody else wrote it just now, or the choice was changed
    unread = Notice.objects.filter(user=person, mailed_at__isnull=True, read_at__isnull=True, at__lt=since)
    notices = list(unread.order_by("id"))
    if not notices:
        return 0
    put_out(person.email, *mail_about(notices), key=f"digest:{person.pk}:{now.date().isoformat()}")
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    setting.last_digest_on = now.date()
    setting.save(update_fields=["last_digest_on"])
    return 1
