"""Our own icons: stroke paths on a grid of 24 by 24."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString


def _ring(x: float, y: float, radius: float) -> str:
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0"


ICONS: dict[str, str] = {
    "act": "M5 4h11a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h11",
    "activity": "M4 7l2 2 3-4M4 17l2 2 3-4M13 7h7M13 18h7",
    "add": "M12 5v14M5 12h14",
    "arrow-down": "M12 5v14M6.5 13.5L12 19l5.5-5.5",
    "arrow-left": "M19 12H5M10.5 6.5L5 12l5.5 5.5",
    "arrow-right": "M5 12h14M13.5 6.5L19 12l-5.5 5.5",
    "arrow-up": "M12 19V5M6.5 10.5L12 5l5.5 5.5",
    "chain": _ring(5.5, 12, 2.5) + _ring(18.5, 12, 2.5) + "M8 12h8",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "chevron-down": "M6.5 9.5L12 15l5.5-5.5",
    "chevron-right": "M9.5 6.5L15 12l-5.5 5.5",
    "close": "M6 6l12 12M18 6L6 18",
    "comment": "M4 5h16v11h-9l-4 4v-4H4z",
    "delete": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
    "domain": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "dot": _ring(12, 12, 3),
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "edit": "M5 19l1-4L16 5l3 3L9 18z",
    "external": "M13 5h6v6M19 5l-9 9M10 6H5v13h13v-5",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "goal": _ring(12, 12, 8) + _ring(12, 12, 3.5),
    "group": _ring(9, 8, 3)
    + "M3 19c.5-3.4 2.9-5 6-5s5.5 1.6 6 5M16 5.5a3 3 0 0 1 0 5.5M17.5 14.3c2 .6 3.2 2.2 3.5 4.7",
    "help": _ring(12, 12, 9) + "M9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.45-1.2 1-1.2 1.8M12 16.7v.1",
    "history": _ring(12, 12, 8.5) + "M12 7v5l3.5 2",
    "home": "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
    "info": _ring(12, 12, 9) + "M12 11v5.5M12 7.5v.1",
    "inbox": "M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
    "keyboard": "M3 7h18v11H3zM7 11h.1M11 11h.1M15 11h.1M8 14.5h8",
    "language": _ring(12, 12, 9) + "M3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "negative": _ring(12, 12, 9) + "M9 9l6 6M15 9l-6 6",
    "neutral": _ring(12, 12, 9) + "M8.5 12h7",
    "organisation": "M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3M8 17h3",
    "positive": _ring(12, 12, 9) + "M8 12.5l2.8 2.8L16 9.5",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "programme": "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4",
    "review": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" + _ring(12, 12, 2.5),
    "search": _ring(10.5, 10.5, 6.5) + "M15.5 15.5L20 20",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9" + _ring(15, 7, 2) + _ring(9, 17, 2),
    "sight": _ring(4.5, 19.5, 1.5) + "M6 18l7-7" + _ring(16, 8, 4.5) + _ring(16, 8, 0.75),
    "signal": "M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20h4",
    "source": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "star": "M12 4l2.5 5.3 5.7.7-4.2 4 1.1 5.8L12 17l-5.1 2.8L8 14l-4.2-4 5.7-.7z",
    "theme": _ring(12, 12, 8.5) + "M12 3.5v17M12 7l6 0M12 12h8M12 17h6",
    "undo": "M9 5L4.5 9.5 9 14M5 9.5h9a5 5 0 0 1 0 10h-4",
    "upload": "M12 16V4M7 8.5L12 3.5l5 5M5 20h14",
    "user": _ring(12, 8, 3.5) + "M5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.1",
}


def draw(name: str, label: str = "") -> SafeString:
    """The icon as SVG. Without ``label`` it is decoration and hidden from screen readers.

    Raises KeyError for an unknown name: a missing icon is a mistake in a template.
    """
    if not label:
        return _decoration(name)
    head = format_html('<svg class="zl-icon" viewBox="0 0 24 24" role="img" aria-label="{}">', label)
    return format_html('{}<path d="{}"></path></svg>', head, ICONS[name])


@lru_cache(maxsize=256)
def _decoration(name: str) -> SafeString:
    head = SafeString('<svg class="zl-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">')
    return format_html('{}<path d="{}"></path></svg>', head, ICONS[name])
