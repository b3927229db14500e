"""Ways to sign in: accounts of this installation, and OpenID Connect."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import SuspiciousOperation
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from . import actions
from .models import User
from .roles import Role


class LocalAccounts(ModelBackend):
    """Accounts of this installation, with a password kept as Argon2.

    Demo accounts have a password that everybody knows: they are refused unless the installation runs as a demo.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and no demo account outside a demo."""
        return super().user_can_authenticate(user) and (not user.is_demo or settings.ZICHTLIJN_DEMO)


class OpenIdConnect(OIDCAuthenticationBackend):
    """Accounts of an OpenID Connect provider, tied by subject and never by e-mail address.

    Beside the signature and nonce, the audience and issuer of the ID token are checked (OpenID Connect Core 1.0,
    section 3.1.3.7). The role comes from the claim ``OIDC_ROLE_CLAIM``; without it a newcomer is a reader, and the role
    of somebody who is known stays what the administrator made it.
    """

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The claims of the ID token. Raises SuspiciousOperation when it is not meant for us."""
        claims: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = claims.get("aud", [])
        if settings.OIDC_RP_CLIENT_ID not in ([audience] if isinstance(audience, str) else audience):
            raise SuspiciousOperation("the ID token is meant for another client")
        if settings.OIDC_OP_ISSUER and claims.get("iss") != settings.OIDC_OP_ISSUER:
            raise SuspiciousOperation("the ID token comes from another issuer")
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Only the subject is needed."""
        return bool(claims.get("sub"))

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
            username=str(claims.get("preferred_username") or claims.get("email") or claims["sub"]),
            full_name=str(claims.get("name") or ""),
            email=str(claims.get("email") or ""),
            role=self._role(claims) or Role.READER,
        )

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        """Take over a role that the provider changed."""
        role = self._role(claims)
        if role and role != user.role:
            actions.change_role(actor=None, user=user, role=role, reason="OpenID Connect")
        return user

    def _role(self, claims: dict[str, Any]) -> Role | None:
        value = claims.get(settings.OIDC_ROLE_CLAIM)
        return Role(value) if value in Role.values else None
