"""What can be done with accounts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..events.actions import action
from ..events.recording import record, snapshot
from .models import User
from .roles import Role

SHOWN = ["username", "full_name", "email", "role", "is_active"]


@action("accounts.add", permission="accounts.manage_users")
def add_user(*, actor: Any, username: str, full_name: str, email: str, role: str, password: str) -> User:
    """A new account with a first password, which the person changes. Raises ValidationError on a bad name or role."""
    user = User(username=username, full_name=full_name, email=email, role=role)
    user.set_password(password)
    user.full_clean()
    user.save()
    record(actor=actor, action="accounts.add", about=user, after=snapshot(user, fields=SHOWN))
    return user


@action("accounts.add_from_provider", permission="accounts.manage_users")
def add_from_provider(*, actor: Any, subject: str, username: str, full_name: str, email: str, role: str) -> User:
    """An account for somebody who signs in through OpenID Connect for the first time; it has no password."""
    user = User(subject=subject, username=_free_username(username), full_name=full_name[:150], email=email, role=role)
    user.set_unusable_password()
    user.save()
    record(actor=actor, action="accounts.add_from_provider", about=user, after=snapshot(user, fields=SHOWN))
    return user


@action("accounts.change_role", permission="accounts.manage_users")
def change_role(*, actor: Any, user: User, role: str, reason: str) -> User:
    """Give somebody another role. Raises ValidationError when no administrator would be left."""
    if user.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _keep_an_administrator(user)
    return _change(actor, "accounts.change_role", user, reason, role=role)


@action("accounts.switch_off", permission="accounts.manage_users")
def switch_off(*, actor: Any, user: User, reason: str) -> User:
    """Close an account; what the person did stays. Raises ValidationError for the last administrator."""
    _keep_an_administrator(user)
    return _change(actor, "accounts.switch_off", user, reason, is_active=False)


@action("accounts.switch_on", permission="accounts.manage_users")
def switch_on(*, actor: Any, user: User, reason: str) -> User:
    """Open an account again."""
    return _change(actor, "accounts.switch_on", user, reason, is_active=True)


@action("accounts.reset_second_factor", permission="accounts.manage_users")
def reset_second_factor(*, actor: Any, user: User, reason: str) -> User:
    """Take away a lost second factor, so that the person can set up a new one."""
    _forget_devices(user)
    record(actor=actor, action="accounts.reset_second_factor", about=user, reason=reason)
    return user


def _change(actor: Any, name: str, user: User, reason: str, **values: Any) -> User:
    before = snapshot(user, fields=SHOWN)
    for field, value in values.items():
        setattr(user, field, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=list(values))
    record(actor=actor, action=name, about=user, before=before, after=snapshot(user, fields=SHOWN), reason=reason)
    return user


def _keep_an_administrator(user: User) -> None:
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and not others.exists():
        raise ValidationError(_("This is the only administrator; make somebody else administrator first."))


def _forget_devices(user: User) -> None:
    from django_otp.plugins.otp_static.models import StaticDevice
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _free_username(wanted: str) -> str:
    base = wanted[:140]
    candidate, number = base, 1
    while User.objects.filter(username=candidate).exists():
        number += 1
        candidate = f"{base}-{number}"
    return candidate
