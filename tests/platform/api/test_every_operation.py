"""What holds for every operation, taken from the URL configuration: nothing opens without a token that holds today."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.routes import all_routes
from tests.supervision.signals.api_calling import Caller
from zichtlijn.platform.api.describing import whole
from zichtlijn.platform.api.models import ApiToken
from zichtlijn.platform.api.operations import VERSION, Operation

PROBLEM = "application/problem+json"


def operations() -> list[tuple[str, str]]:
    """Every method of every address of the API."""
    found = []
    for route in all_routes():
        view = getattr(route.view, "cls", None)
        if view is not None and issubclass(view, Operation):
            address = reverse(route.name, kwargs=dict.fromkeys(route.arguments, "M-2026-0000001"))
            found += [(method, address) for method in ("get", "post") if hasattr(view, method)]
    return found


def call(method: str, address: str, client: Client | None = None, **headers: str) -> Any:
    client = client or Client()
    if method == "get":
        return client.get(address, headers=headers)
    return client.post(address, "{}", content_type="application/json", headers=headers)


def test_all_described_operations_are_tried() -> None:
    described = sum(len(methods) for methods in whole()["paths"].values())
    assert len(operations()) == described == 21


@pytest.mark.django_db
def test_without_a_token_every_operation_is_closed() -> None:
    for method, address in operations():
        answer = call(method, address)
        assert answer.status_code == 401, (method, address)
        assert answer["Content-Type"] == PROBLEM
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["API-Version"] == VERSION


@pytest.mark.django_db
def test_a_session_in_a_browser_opens_nothing(client_of: Any, bob: Any, olga: Any) -> None:
    for user in (bob, olga):
        client = client_of(user)
        assert {call(method, address, client).status_code for method, address in operations()} == {401}


def _expired(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(expires_on=localdate() - timedelta(days=1))


def _revoked(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())


def _switched_off(token: ApiToken) -> None:
    token.user.is_active = False
    token.user.save()


def _in_another_role(token: ApiToken) -> None:
    token.user.role = "inspector_general"
    token.user.save()


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [_expired, _revoked, _switched_off, _in_another_role])
def test_a_token_that_does_not_hold_opens_nothing(bob: Any, spoil: Any) -> None:
    caller = Caller(bob)
    assert caller.get("signalen").status_code == 200
    spoil(caller.token)
    for method, address in operations():
        assert call(method, address, **caller.headers).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Bearer", "Bearer zl_nothing", "Bearer a b", "Basic Ym9iOmJvYg==", "Bearer é", ""])
def test_what_is_no_token_opens_nothing(header: str) -> None:
    for method, address in operations():
        assert call(method, address, authorization=header).status_code == 401


@pytest.mark.django_db
def test_a_partner_and_a_reader_may_do_nothing_here(pia: Any, erin: Any) -> None:
    for user in (pia, erin):
        caller = Caller(user)
        statuses = {call(method, address, **caller.headers).status_code for method, address in operations()}
        assert statuses == {403}


@pytest.mark.django_db
def test_the_last_day_of_a_token_counts_and_its_use_is_noted(bob: Any) -> None:
    caller = Caller(bob)
    ApiToken.objects.update(expires_on=localdate())
    assert caller.get("signalen").status_code == 200
    caller.token.refresh_from_db()
    assert caller.token.last_used_on == localdate()


@pytest.mark.django_db
def test_an_operation_that_names_no_permission_cannot_be_served() -> None:
    class Forgotten(Operation):
        """Says nothing of who may."""

    with pytest.raises(TypeError, match="permission"):
        Forgotten.as_view()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/nothing", "/api/v1/meldingen/", "/api/v1/signalen/S-1/"])
def test_what_is_no_address_is_a_problem_and_not_a_page(address: str, bob: Any) -> None:
    answer = Client().get(address, headers=Caller(bob).headers)
    assert (answer.status_code, answer["Content-Type"], answer["API-Version"]) == (404, PROBLEM, VERSION)


@pytest.mark.django_db
def test_other_methods_and_forms_are_refused_as_problems(bob: Any) -> None:
    headers = Caller(bob).headers
    client, address = Client(), "/api/v1/signalen"
    answers = {
        405: client.delete(address, headers=headers),
        406: client.get(address, headers=headers | {"accept": "text/html"}),
        415: client.post("/api/v1/signalen/S-1/stappen", {"a": "b"}, headers=headers),
    }
    answers[415] = client.post(f"/api/v1/signalen/{_a_signal()}/stappen", {"a": "b"}, headers=headers)
    for status, answer in answers.items():
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)


def _a_signal() -> str:
    from zichtlijn.supervision.signals.models import Signal

    return Signal.objects.create(channel="telephone", subject="Lekkage", text="Het lekt.").reference


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"{", b'{"a": NaN}', b"\xff\xfe", b"[" * 100_000, b'"\\ud800"'])
def test_what_is_not_json_is_refused(body: bytes, bob: Any) -> None:
    address = f"/api/v1/signalen/{_a_signal()}/stappen"
    answer = Client().post(address, body, content_type="application/json", headers=Caller(bob).headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused(bob: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    address = f"/api/v1/signalen/{_a_signal()}/stappen"
    body = json.dumps({"stap": "x" * 200})
    answer = Client().post(address, body, content_type="application/json", headers=Caller(bob).headers)
    assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM)


def _of_sqlite(code: int) -> Exception:
    """As Django raises what SQLite says."""
    cause = sqlite3.OperationalError("secret")
    cause.sqlite_errorcode = code  # type: ignore[misc]
    error = OperationalError("secret")
    error.__cause__ = cause
    return error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (_of_sqlite(sqlite3.SQLITE_BUSY), 503),
        (_of_sqlite(sqlite3.SQLITE_FULL), 507),
        (_of_sqlite(sqlite3.SQLITE_ERROR), 500),
        (OSError(28, "secret"), 507),
        (OSError(5, "secret"), 500),
        (KeyError("secret"), 500),
    ],
    ids=str,
)
def test_what_fails_inside_is_a_problem_that_says_nothing_of_the_inside(
    bob: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    from zichtlijn.supervision.signals.api import staff

    def broken(*_arguments: Any) -> Any:
        raise error

    monkeypatch.setattr(staff, "signals_for", broken)
    answer = Caller(bob).get("signalen")
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert b"secret" not in answer.content
    assert answer.has_header("Retry-After") == (status == 503)


@pytest.mark.django_db
def test_problems_are_dutch_unless_english_is_asked(bob: Any) -> None:
    caller = Caller(bob)
    dutch, english = caller.get("x").json(), caller.get("x", **{"accept-language": "en"}).json()
    assert english["title"] == "There is nothing at this address."
    assert dutch["status"] == english["status"] == 404
