"""The words of the command in Dutch and English, from the catalogue of the product but without loading Django."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[3] / "locale"
LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"


class Words:
    """Messages by their English text. A language without a catalogue speaks English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation("django", LOCALE, [language], fallback=True)

    def gettext(self, message: str, **terms: object) -> str:
        """The message in the chosen language, with its terms filled in."""
        words = self._catalogue.gettext(message)
        return words % terms if terms else words


def chosen_language(arguments: Sequence[str]) -> str:
    """The value of ``--language``, needed before the other arguments can be explained in that language."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--language=") else ""
        if argument == "--language" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in LANGUAGES:
            return value
    return DEFAULT_LANGUAGE
