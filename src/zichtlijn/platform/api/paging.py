"""Lists in pages by place, not by number: a page of a million rows costs as much as the first."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.utils.urls import replace_query_param

from zichtlijn.platform.numbers import whole_number

from .problems import Problem

MOST, USUAL = 200, 50
COUNT, AFTER = "aantal", "na"


def page_of(request: Any, records: Any, *, moment: str) -> tuple[list[Any], str | None]:
    """The records of the page that is asked for, newest first by ``moment`` and key, and the address of the next page.

    Raises Problem for a number or a place that is none.
    """
    size = _size(request.query_params.get(COUNT))
    if place := request.query_params.get(AFTER):
        at, key = _place_of(place)
        older = Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": key})
        records = records.filter(older, **{f"{moment}__lte": at})
    found = list(records.order_by(f"-{moment}", "-pk")[: size + 1])
    if len(found) <= size:
        return found, None
    last = found[size - 1]
    return found[:size], replace_query_param(request.get_full_path(), AFTER, _name_of(getattr(last, moment), last.pk))


def _size(asked: str | None) -> int:
    size = USUAL if asked is None else whole_number(asked)
    if not size or size > MOST:
        detail = _("%(name)s is a number from 1 to %(most)s.") % {"name": COUNT, "most": MOST}
        raise refused_parameter(COUNT, detail)
    return size


def _name_of(moment: datetime, key: int) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{key}".encode()).decode().rstrip("=")


def _place_of(name: str) -> tuple[datetime, int]:
    try:
        padded = name + "=" * (-len(name) % 4)
        moment, _bar, key = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii").partition("|")
        at, number = datetime.fromisoformat(moment), whole_number(key)
    except (ValueError, binascii.Error) as error:
        raise _no_place() from error
    if number is None or not is_storable(at):
        raise _no_place()
    return at, number


def is_storable(moment: datetime) -> bool:
    """True for a moment with an offset that a database can hold."""
    try:
        return moment.tzinfo is not None and moment.astimezone(UTC) is not None
    except OverflowError:
        return False


def _no_place() -> Problem:
    return refused_parameter(AFTER, _("Take the address of the next page from the answer."))


def refused_parameter(name: str, detail: str) -> Problem:
    """400 for a parameter in the address."""
    fault = {"in": "query", "location": {"name": name}, "code": "invalid", "detail": detail}
    return Problem(400, _("The request is not right."), detail, [fault])
