"""Ways to sign in: accounts of this installation, and OpenID Connect."""

from __future__ import annotations

import logging
from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.validators import validate_email
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from . import actions
from .models import User
from .roles import Role

logger = logging.getLogger(__name__)
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2


class RolesOnly:
    """What somebody may do follows from the role (``rules``): Django's own tables of permissions are not asked."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()


class LocalAccounts(RolesOnly, ModelBackend):
    """Accounts of this installation, with a password kept as Argon2.

    Demo accounts have a password that everybody knows: they are refused unless the installation runs as a demo.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and no demo account outside a demo."""
        return super().user_can_authenticate(user) and (not user.is_demo or settings.ZICHTLIJN_DEMO)


class OpenIdConnect(RolesOnly, OIDCAuthenticationBackend):
    """Accounts of an OpenID Connect provider, tied by subject and never by e-mail address.

    Beside the signature and nonce, the audience and issuer of the ID token are checked (OpenID Connect Core 1.0,
    section 3.1.3.7). The role comes from the claim ``OIDC_ROLE_CLAIM``; without it a newcomer is a reader, and the role
    of somebody who is known stays what the administrator made it.
    """

    def authenticate(self, request: Any, **kwargs: Any) -> User | None:
        """Who came back from the provider; nobody when the provider fails or its token has expired."""
        try:
            user: User | None = super().authenticate(request, **kwargs)
        except (requests.RequestException, jwt.InvalidTokenError) as error:
            logger.warning("sign-in through OpenID Connect failed: %s", error)
            return None
        return user

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """What the provider says of the person. Raises SuspiciousOperation when that is another one (section 5.3.2)."""
        claims: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if claims.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("the provider speaks of another person than the ID token")
        return claims

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The claims of the ID token. Raises SuspiciousOperation when it is not meant for us."""
        claims: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = claims.get("aud", [])
        if settings.OIDC_RP_CLIENT_ID not in ([audience] if isinstance(audience, str) else audience):
            raise SuspiciousOperation("the ID token is meant for another client")
        if claims.get("iss") != settings.OIDC_OP_ISSUER:
            raise SuspiciousOperation("the ID token comes from another issuer")
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Only the subject is needed."""
        subject = claims.get("sub")
        return isinstance(subject, str) and "\0" not in subject and 0 < len(subject) <= LONGEST_SUBJECT

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """The account that is tied to this subject."""
        return User.objects.filter(subject=claims["sub"], is_active=True)

    def create_user(self, claims: dict[str, Any]) -> User:
        """A new account, unless the subject belongs to one that was switched off."""
        if User.objects.filter(subject=claims["sub"]).exists():
            raise SuspiciousOperation("the account of this subject is switched off")
        return actions.add_from_provider(
            actor=None,
            subject=claims["sub"],
            username=_text(claims, "preferred_username") or _text(claims, "email") or claims["sub"],
            full_name=_text(claims, "name"),
            email=_address(claims),
            role=self._role(claims) or Role.READER,
        )

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        """Take over a role that the provider changed."""
        role = self._role(claims)
        if role and role != user.role:
            try:
                actions.change_role(actor=None, user=user, role=role, reason="OpenID Connect")
            except ValidationError:  # the only administrator stays one, and is let in to appoint another
                user.refresh_from_db()
        return user

    def _role(self, claims: dict[str, Any]) -> Role | None:
        value = claims.get(settings.OIDC_ROLE_CLAIM)
        return Role(value) if value in Role.values else None


def _text(claims: dict[str, Any], name: str) -> str:
    return str(claims.get(name) or "").replace("\0", "").strip()


def _address(claims: dict[str, Any]) -> str:
    address = _text(claims, "email")
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address[:254]
