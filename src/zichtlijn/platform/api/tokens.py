"""Bearer tokens: 256 random bits, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from django.utils.timezone import localdate

from .models import ApiToken

PREFIX = "zl_"
SHOWN = 8


class NewToken(NamedTuple):
    """A token as its holder gets it, and what is kept of it."""

    secret: str
    sha256: str
    beginning: str


def new_token() -> NewToken:
    """A token that was never given out before."""
    secret = PREFIX + secrets.token_urlsafe(32)
    return NewToken(secret, digest_of(secret), secret[:SHOWN])


def digest_of(secret: str) -> str:
    """What is kept of a token. It is random itself, so that it needs no salt and no slow function."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holding_token(secret: str) -> ApiToken | None:
    """The token that holds today; None for anything else. One query, and one write on the first use of a day."""
    found = next(iter(ApiToken.objects.select_related("user").filter(sha256=digest_of(secret)).order_by()), None)
    if found is None or not found.holds:
        return None
    if found.last_used_on != localdate():
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=localdate())
    return found
