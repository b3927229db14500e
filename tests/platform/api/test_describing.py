"""The description of the API: for everybody, complete, and as the Dutch rules for the design of an API ask."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from zichtlijn.platform.api.operations import VERSION


@pytest.fixture
def told(db: None) -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["API-Version"] == VERSION
    found: dict[str, Any] = answer.json()
    return found


def each(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in told["paths"].items() for method, one in methods.items()]


def test_it_says_what_it_is(told: dict[str, Any]) -> None:
    assert told["openapi"].startswith("3.")
    assert told["info"]["version"] == VERSION
    assert set(told["info"]["contact"]) == {"name", "url", "email"}
    assert told["servers"] == [{"url": "http://testserver/api/v1"}]


def test_every_reference_leads_somewhere(told: dict[str, Any]) -> None:
    named = set(re.findall(r"'#/components/schemas/(\w+)'", str(told)))
    assert named
    assert named <= set(told["components"]["schemas"])


def test_every_operation_has_its_name_and_asks_for_a_token(told: dict[str, Any]) -> None:
    names = [one["operationId"] for _path, _method, one in each(told)]
    assert len(names) == len(set(names)) == 21
    assert all(one["security"] == [{"token": []}] for _path, _method, one in each(told))


def test_every_answer_names_the_version_and_every_fault_is_a_problem(told: dict[str, Any]) -> None:
    for path, method, one in each(told):
        for status, answer in one["responses"].items():
            assert "API-Version" in answer["headers"], (path, method, status)
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"]
        assert {"400", "401", "403"} <= set(one["responses"])


def test_addresses_and_parameters_are_spelled_as_the_rules_say(told: dict[str, Any]) -> None:
    for path, _method, one in each(told):
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", path)
        for parameter in one.get("parameters", []):
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])


def test_what_can_be_repeated_says_by_which_header(told: dict[str, Any]) -> None:
    for path, method, one in each(told):
        keys = [each for each in one.get("parameters", []) if each["name"] == "Idempotency-Key"]
        assert len(keys) == (method == "post"), path
        assert not keys or keys[0]["required"] == (path == "/meldingreeksen")


def test_it_is_the_same_in_every_language_and_tells_nothing_in_english(told: dict[str, Any]) -> None:
    english = Client().get("/api/v1/openapi.json", headers={"accept-language": "en"}).json()
    assert english == told
    assert "The " not in str(told), str(told)[str(told).index("The ") - 200 :][:300]
