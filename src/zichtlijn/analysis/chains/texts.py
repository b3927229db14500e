"""Texts for people in this package are English and keys for translation; where they are shown they are translated."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a message for translation."""
    return message
