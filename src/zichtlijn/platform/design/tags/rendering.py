"""Rendering a component's own template."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

TONES = ("neutral", "info", "positive", "warning", "negative")


def component(template: str, /, **values: Any) -> SafeString:
    """The markup of ``design/components/<template>.html``; only ``values`` are visible to it."""
    return SafeString(get_template(f"design/components/{template}.html").render(values))


def small_component(template: str, /, **values: Any) -> SafeString:
    """As ``component``, for small ones that stand on a page many times: drawn once for the same words and language.

    ``values`` are words and numbers only.
    """
    words = tuple((name, value if isinstance(value, int) else _word(value)) for name, value in values.items())
    safe = tuple(isinstance(value, SafeData) for _name, value in words)
    drawn: SafeString = _drawn(template, get_language(), words, safe)
    return drawn


def _word(value: Any) -> str:
    return value if isinstance(value, SafeString) else str(value)


@lru_cache(maxsize=4096)
def _drawn(template: str, _language: str | None, words: tuple[tuple[str, Any], ...], _safe: tuple[bool, ...]) -> Any:
    return component(template, **dict(words))


def known_tone(tone: str) -> str:
    """``tone`` when it is one of TONES. Raises ValueError otherwise: a mistyped tone would lose its meaning."""
    if tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(TONES)}")
    return tone
