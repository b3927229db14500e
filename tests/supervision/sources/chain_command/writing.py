"""What the tests of the commands look at: a page, and what stands in a folder."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


class Page(HTMLParser):
    """The tags, ids and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.addresses += [values[name] or "" for name in ("href", "src", "action") if name in values]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
