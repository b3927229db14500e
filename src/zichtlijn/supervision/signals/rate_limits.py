"""How often something may be sent in: per connection and in all, counted without keeping an address.

An address is only ever seen as a keyed digest. The key is random, holds one day and is then destroyed, and so are the
counts of hours that are over: what is left leads nobody back to who reported something.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from .models import RateCount, RateSalt

KEPT_FOR = timedelta(hours=2)
IPV6_NETWORK = 64  # one household or telephone has a whole network of this size
SEND, CODE, ADD = "send", "code", "add"


class TooManyError(Exception):
    """The most for this hour is reached."""


def count_sending(request: HttpRequest) -> None:
    """Count one report. Raises TooManyError for this connection, or for all connections together."""
    _take(SEND, key_of(client_address(request)), settings.ZICHTLIJN_REPORTS_PER_ADDRESS)
    _take(SEND, "", settings.ZICHTLIJN_REPORTS_PER_HOUR)


def count_adding(request: HttpRequest, signal_id: int) -> None:
    """Count one answer or addition. Raises TooManyError for this report, or for all together."""
    _take(ADD, key_of(f"signal {signal_id}"), settings.ZICHTLIJN_ADDITIONS_PER_HOUR)
    _take(ADD, "", settings.ZICHTLIJN_REPORTS_PER_HOUR)


def count_code(request: HttpRequest) -> None:
    """Count one try of a receipt code. Raises TooManyError for this connection."""
    _take(CODE, key_of(client_address(request)), settings.ZICHTLIJN_CODES_PER_ADDRESS)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the last address that our own proxy wrote down, else the connection itself."""
    if settings.BEHIND_TLS:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


def key_of(address: str) -> str:
    """A digest of an address, another one every day."""
    return hmac.new(_salt_of_today(), _network(address).encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    mapped = known.ipv4_mapped
    return str(mapped or ipaddress.ip_network((known, IPV6_NETWORK), strict=False))


def _salt_of_today() -> bytes:
    today = timezone.localdate()
    found = RateSalt.objects.filter(day=today).first()
    if found is None:
        found, is_new = RateSalt.objects.get_or_create(day=today, defaults={"salt": secrets.token_bytes(32)})
        if is_new:
            RateSalt.objects.filter(day__lt=today).delete()
    return bytes(found.salt)


def _take(scope: str, key: str, most: int) -> None:
    """Count one. A transaction of its own: what is counted stays counted, whatever happens to the report."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    if _raise_count(scope, key, hour, most):
        return
    if most > 0 and _first_of_the_hour(scope, key, hour):
        return
    if not _raise_count(scope, key, hour, most):  # somebody else was the first just now
        raise TooManyError(scope)


def _raise_count(scope: str, key: str, hour: datetime, most: int) -> bool:
    row = RateCount.objects.filter(scope=scope, key=key, window=hour, count__lt=most)
    return bool(row.update(count=F("count") + 1))


def _first_of_the_hour(scope: str, key: str, hour: datetime) -> bool:
    if RateCount.objects.filter(scope=scope, key=key, window=hour).exists():
        return False
    try:
        with transaction.atomic():
            RateCount.objects.create(scope=scope, key=key, window=hour, count=1)
    except IntegrityError:
        return False
    RateCount.objects.filter(window__lt=hour - KEPT_FOR).delete()
    return True
