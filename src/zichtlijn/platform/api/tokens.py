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
    """The token that holds today, of a user who is not switched off; None for anything else. One query."""
    tokens = ApiToken.objects.select_related("user")
    found = tokens.filter(
        sha256=digest_of(secret), revoked_at__isnull=True, expires_on__gte=localdate(), user__is_active=True
    ).first()
    if found is not None and found.last_used_on != localdate():
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=localdate())
    return found
