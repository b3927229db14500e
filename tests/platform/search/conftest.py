"""Records to find: jobs and saved filters stand in, because both belong to one person."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from zichtlijn.platform.lists.models import SavedFilter
from zichtlijn.platform.search import registry
from zichtlijn.platform.search.asking import understand
from zichtlijn.platform.search.queries import find
from zichtlijn.platform.search.registry import register_searchable


@pytest.fixture(autouse=True)
def searchable(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(registry, "_registered", {})
    settings.LANGUAGE_CODE = "en"
    register_searchable("lists.savedfilter", title=lambda saved: saved.name, body=lambda saved: saved.query)


@pytest.fixture
def text(alice: Any) -> Callable[..., SavedFilter]:
    """``text("Title", "body")`` is a record of alice with that text."""

    def make(title: str, body: str = "", owner: Any = None) -> SavedFilter:
        return SavedFilter.objects.create(owner=owner or alice, list_name="test", name=title, path="/", query=body)

    return make


@pytest.fixture
def found(alice: Any) -> Callable[..., list[str]]:
    """``found("query")`` is the titles that alice finds, best first, without marks."""

    def titles(query: str, user: Any = None) -> list[str]:
        rows = find(user or alice, understand(query)).rows
        return [unescape(row.title.replace("<mark>", "").replace("</mark>", "")) for row in rows]

    return titles
