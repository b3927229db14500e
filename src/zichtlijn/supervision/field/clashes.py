"""What apps further down do before two organisations become one, so that none of their records would be double."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .models import Organisation

Settle = Callable[[Any, Organisation, Organisation], object]
_settle: dict[str, Settle] = {}


def register_clash(name: str, settle: Settle) -> None:
    """``settle(actor, gone, kept)`` tells records of both organisations apart, in the transaction of the merger."""
    _settle[name] = settle


def settle_clashes(actor: Any, gone: Organisation, kept: Organisation) -> None:
    """Let every app that registered do so."""
    for settle in _settle.values():
        settle(actor, gone, kept)
