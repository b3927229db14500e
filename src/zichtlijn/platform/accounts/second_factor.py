"""The second factor: a code from an authenticator app (RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import secrets
from typing import Any

import segno
from django.db import transaction
from django_otp import devices_for_user, match_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from ..events.recording import record
from .models import User

RECOVERY_CODES = 8


def has_second_factor(user: User) -> bool:
    """True when signing in asks for a code."""
    return any(isinstance(device, TOTPDevice) for device in devices_for_user(user))


def check_code(user: User, code: str) -> Any:
    """The device that the code belongs to, or None. Wrong codes make the next try wait (throttled by the device)."""
    return match_token(user, code.replace(" ", ""))


def begin(user: User) -> TOTPDevice:
    """A new device that waits for its first code; an earlier unfinished one is dropped."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def waiting(user: User) -> TOTPDevice | None:
    """The device that waits for its first code."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device


def picture(device: TOTPDevice) -> str:
    """The QR code of a device as a ``data:`` address."""
    address: str = segno.make(device.config_url).svg_data_uri(scale=5, border=2, light="#ffffff", dark="#1a1a1a")
    return address


@transaction.atomic
def confirm(user: User, device: TOTPDevice, code: str) -> list[str] | None:
    """Switch the device on when the code is right; returns recovery codes, shown once. None when it is wrong."""
    if not device.verify_token(code.replace(" ", "")):
        return None
    device.confirmed = True
    device.save()
    StaticDevice.objects.filter(user=user).delete()
    spare = StaticDevice.objects.create(user=user, name="recovery")
    codes = [secrets.token_hex(5) for _number in range(RECOVERY_CODES)]
    for recovery in codes:
        spare.token_set.create(token=recovery)
    record(actor=user, action="accounts.set_second_factor", about=user)
    return codes


@transaction.atomic
def remove(user: User) -> None:
    """Sign in with the password alone again."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record(actor=user, action="accounts.remove_second_factor", about=user)
