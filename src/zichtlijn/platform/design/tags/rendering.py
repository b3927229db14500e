"""Rendering a component's own template."""

from __future__ import annotations

from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

TONES = ("neutral", "info", "positive", "warning", "negative")


def component(template: str, /, **values: Any) -> SafeString:
    """The markup of ``design/components/<template>.html``; only ``values`` are visible to it."""
    return SafeString(get_template(f"design/components/{template}.html").render(values))


def known_tone(tone: str) -> str:
    """``tone`` when it is one of TONES. Raises ValueError otherwise: a mistyped tone would lose its meaning."""
    if tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(TONES)}")
    return tone
