"""The calendar of one person, opened by a secret address and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zichtlijn.platform.accounts.middleware import public

from .actions import digest_of
from .deadlines import Deadline, deadlines_of
from .icalendar import WholeDay, calendar
from .models import NoticeSetting
from .wording import full_address

BEFORE, AFTER = timedelta(days=90), timedelta(days=730)


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What ends for the owner of the secret, as it is visible to that person now. 404 for any other secret."""
    kept = NoticeSetting.objects.select_related("user").filter(calendar_token=digest_of(token)).first()
    if kept is None or not kept.user.is_active:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        response = HttpResponse(written(kept.user), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="zichtlijn.ics"'
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response


def written(user: Any) -> bytes:
    """The calendar of a user."""
    today = timezone.localdate()
    days = [_day(each) for each in deadlines_of(user, today - BEFORE, today + AFTER)]
    return calendar(_("Terms in Zichtlijn"), days)


def _day(each: Deadline) -> WholeDay:
    return WholeDay(
        uid=f"{each.key}@{_place()}",
        day=each.day,
        summary=f"{each.what}: {each.name}",
        url=full_address(each.url),
        changed_at=timezone.now(),
    )


def _place() -> str:
    """What makes the keys of this installation differ from those of another."""
    return settings.PUBLIC_ADDRESS.partition("://")[2] or "zichtlijn"
