"""Texts that people will read, marked for translation where no translation is at hand."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogue; whoever shows it translates it."""
    return message
