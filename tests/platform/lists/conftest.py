"""People to list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.platform.lists.addresses"
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    def make(name: str, **values: Any) -> Any:
        from django.contrib.auth import get_user_model

        values = {"date_joined": datetime(2024, 1, 1, 12, tzinfo=UTC), "role": "reader", **values}
        return get_user_model().objects.create(username=name, full_name=name, **values)

    return make


@pytest.fixture
def listed(dave: Any, client_of: Callable[[Any], Client]) -> Callable[[str], list[str]]:
    """The names on the page for a query, in order; the administrator looks and is not in the list."""
    client = client_of(dave)

    def names(query: str = "") -> list[str]:
        answer = client.get(f"/people/?{query}")
        assert answer.status_code == 200
        return [cells[0][1].removeprefix("<b>").removesuffix("</b>") for cells in answer.context["lines"]]

    return names
