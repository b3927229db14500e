"""Who calls: by a bearer token in the header, and by nothing else. A session in a browser opens nothing here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from .tokens import holding_token


class BearerToken(BaseAuthentication):
    """``Authorization: Bearer zl_…``."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        """The user and the token; None without the header. Raises AuthenticationFailed for a token that opens nothing.

        One answer for unknown, expired, revoked and switched off: a caller cannot find out which.
        """
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        token = holding_token(words[1].decode("latin-1")) if len(words) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("This token opens nothing: it is unknown, expired or revoked."))
        return token.user, token

    def authenticate_header(self, request: Any) -> str:
        """With this the answer to a stranger is 401."""
        return 'Bearer realm="zichtlijn"'
