"""Messages that are stored untranslated, with their parameters, and read in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext


@dataclass(frozen=True)
class Sentence:
    """A message (marked for translation, not yet filled in) and its parameters."""

    message: Any
    params: dict[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As plain JSON: the message id and its parameters."""
        # Without an active language a lazy translation reads as its message id.
        with translation.override(None):
            params = {name: value if _is_plain(value) else str(value) for name, value in self.params.items()}
            return {"message": str(self.message), "params": params}


def sentences_of(error: ValidationError) -> list[dict[str, Any]]:
    """All messages of a validation error, ready to store."""
    return (
        [Sentence(each.message, dict(each.params or {})).stored() for each in error.error_list]
        if hasattr(error, "error_list")
        else [stored for errors in error.error_dict.values() for each in errors for stored in sentences_of(each)]
    )


def read_sentences(stored: list[dict[str, Any]]) -> list[str]:
    """Stored messages in the active language."""
    return [_read(each) for each in stored]


def _read(stored: dict[str, Any]) -> str:
    message = str(stored.get("message", ""))
    params = stored.get("params") or {}
    translated = gettext(message) if message else ""
    return translated % params if params else translated


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float) or type(value) is str
