"""SVG elements as text, every value escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

Size = tuple[float | None, float]
"""Width and height in pixels; without a width the drawing takes what there is."""

_SCHEME = re.compile(r"[^/?#]*:")
TONES = ("neutral", "accent", "info", "positive", "warning", "negative")


def element(tag: str, *content: str, **attributes: object) -> str:
    """One element. ``content`` is markup; attribute values are escaped; ``_`` in names becomes ``-``; None is left out.

    ``class_`` stands for class.
    """
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    head = "".join(f' {name}="{escape(_plain(value))}"' for name, value in named)
    return f"<{tag}{head}>{''.join(content)}</{tag}>"


def words(text: str, x: float | str, y: float, class_: str | None = None) -> str:
    """One line of text with its baseline at ``y``. The space behind it keeps lines apart where they are read out."""
    return element("text", escape(text) + " ", x=x, y=y, class_=class_)


def lines(texts: Iterable[str], x: float, y: float, leading: float, class_: str | None = None) -> str:
    """Lines under each other, the first baseline at ``y``."""
    return "".join(words(text, x, y + i * leading, class_) for i, text in enumerate(texts))


def hint(said: str) -> str:
    """What a mouse shows when it rests on the element around it."""
    return element("title", escape(said))


def link(content: str, url: str, name: str | None = None) -> str:
    """``content`` as a link; without ``url`` the content itself. Its words are its name, unless ``name`` says more.

    A name that does not hold the visible words would fail those who speak to their computer (WCAG 2.5.3).

    Addresses that could run a script are refused: ValueError.
    """
    if not url:
        return content
    if _SCHEME.match(url) and not url.startswith(("https:", "http:", "mailto:")):
        raise ValueError(f"not an address to link to: {url!r}")
    return element("a", content, href=url, aria_label=name)


def drawing(body: str, *, html_id: str, title: str, description: str, size: Size, interactive: bool) -> str:
    """The whole picture. With links inside it is a group that can be walked through, without them an image."""
    named = f"{html_id}-title" + (f" {html_id}-desc" if description else "")
    parts = [element("title", escape(title), id=f"{html_id}-title")]
    if description:
        parts.append(element("desc", escape(description), id=f"{html_id}-desc"))
    width, height = size
    role = "group" if interactive else "img"
    fixed = {"viewBox": f"0 0 {_plain(width)} {_plain(height)}"} if width else {}
    frame = {"class_": "zl-drawing", "id": html_id, "role": role, "aria_labelledby": named, **fixed}
    return element("svg", *parts, body, **frame, width=width or "100%", height=height)


def tone_class(base: str, tone: str) -> str:
    """``base base--tone``, or ``base`` when there is no tone. Raises ValueError for an unknown tone."""
    if tone and tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(TONES)}")
    return f"{base} {base.partition(' ')[0]}--{tone}" if tone else base


def percent(share: float) -> str:
    """A share of the width of the drawing, as SVG writes it."""
    return f"{100 * share:.4g}%"


def _plain(value: object) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
