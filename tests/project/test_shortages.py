"""A locked database, a full disk, a database that is gone: said clearly, nothing half, and well again by itself."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.supervision.signals.api_calling import Caller, notification
from zichtlijn.platform.api.models import ApiToken, IdempotentAnswer
from zichtlijn.platform.design import errors
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.platform.shortages import Shortage, shortage_of
from zichtlijn.supervision.field.models import Organisation, OrganisationAccount
from zichtlijn.supervision.signals.models import Message, Notification, Signal
from zichtlijn.supervision.signals.receipts import new_submission
from zichtlijn.supervision.signals.reference import load_reference

LARGE = "Een jeugdige viel. " * 800


@pytest.fixture
def caller(olga: Any) -> Caller:
    """The system of an organisation."""
    load_reference()
    prison = Organisation.objects.create(name="Penitentiaire inrichting Dijkzicht", abbreviation="PI Dijkzicht")
    OrganisationAccount.objects.create(user=olga, organisation=prison, since="2024-01-01")
    return Caller(olga)


def stranger() -> Client:
    """A browser that gets the page of a fault instead of the fault."""
    return Client(raise_request_exception=False)


def asks_for_token(user: Any) -> Any:
    """Somebody fills in a form of the product."""
    client = stranger()
    client.force_login(user, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
    return lambda: client.post(
        reverse("api:token-new"), {"user": user.pk, "name": "x", "expires_on": ApiToken.objects.get().expires_on}
    )


def report(**more: Any) -> dict[str, Any]:
    """What a citizen fills in."""
    return {"kind": "signal", "text": "Het lekt al weken.", "who": "anonymous", "submission": new_submission()} | more


def everything() -> dict[str, int]:
    """How many there are in every table that takes part."""
    models = (Signal, Notification, Message, StoredFile, IdempotentAnswer, SearchEntry, Event, ApiToken)
    return {model.__name__: model._base_manager.count() for model in models}


@contextmanager
def somebody_else_writes() -> Iterator[None]:
    """Another connection holds the write lock for longer than anybody waits."""
    other = connection.copy()
    sqlite = connection.vendor == "sqlite"
    tables = "django_session, signals_signal, api_apitoken, api_idempotentanswer, signals_ratecount"
    with connection.cursor() as cursor, other.cursor() as held:
        cursor.execute("PRAGMA busy_timeout=20" if sqlite else "SET lock_timeout = '20ms'")
        held.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        if not sqlite:
            held.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            held.execute("ROLLBACK")
            other.close()
            cursor.execute("PRAGMA busy_timeout=20000" if sqlite else "SET lock_timeout = 0")


@contextmanager
def full_disk() -> Iterator[None]:
    """The database may not grow: SQLite is told so; PostgreSQL, which cannot be, says what it says then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages}")
            try:
                yield
            finally:
                cursor.execute("PRAGMA max_page_count=1073741823")
        return
    from psycopg.errors import DiskFull

    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "search_searchentry"'):
            raise OperationalError("could not extend file") from DiskFull("could not extend file")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        yield


@contextmanager
def database_gone() -> Iterator[None]:
    """Whoever wants to connect is refused."""
    name, where = ("NAME", "/nowhere/x.sqlite3") if connection.vendor == "sqlite" else ("HOST", "/nowhere")
    before = connection.settings_dict[name]
    connection.close()
    connection.settings_dict[name] = where
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict[name] = before


def is_problem(answer: Any, status: int) -> bool:
    """What the API says when it cannot."""
    return (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_holds_the_database_nothing_is_kept_and_the_same_works_afterwards(
    caller: Caller, dave: Any
) -> None:
    one, citizen, token = notification(""), report(), asks_for_token(dave)
    sender = stranger()
    assert sender.post("/report/new", report()).status_code == 302
    before = everything()
    with somebody_else_writes():
        refused = caller.post("meldingen", one, key="k1")
        assert is_problem(refused, 503)
        assert int(refused["Retry-After"]) > 0
        form = stranger().post("/report/new", citizen)
        assert form.status_code == 503
        assert citizen["text"] in form.content.decode()
        page = token()
        assert (page.status_code, page.content.count(b"<h1")) == (503, 1)
        assert int(page["Retry-After"]) > 0
        assert sender.get("/report/sent").status_code == 503  # a session that cannot be written
        assert everything() == before
    assert sender.get("/report/sent").status_code == 200
    assert caller.post("meldingen", one, key="k1").status_code == 201
    assert caller.post("meldingen", one, key="k1")["Idempotency-Replayed"] == "true"
    assert stranger().post("/report/new", citizen).status_code == 302
    assert token().status_code == 200
    assert (Signal.objects.count(), ApiToken.objects.count()) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_nothing_is_kept_and_the_same_works_when_there_is_room(caller: Caller) -> None:
    items = {"meldingen": [notification(f"A-{number}", omschrijving=LARGE) for number in range(40)]}
    citizen, before = report(text=LARGE), everything()
    with full_disk():
        assert is_problem(caller.post("meldingreeksen", items, key="k1"), 507)
        assert stranger().post("/report/new", citizen).status_code == 507
        assert everything() == before
    assert caller.post("meldingreeksen", items, key="k1").json()["aantallen"]["aanvaard"] == 40
    assert stranger().post("/report/new", citizen).status_code == 302
    assert Signal.objects.count() == 41


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_gone_pages_and_api_say_so_and_are_back_by_themselves(caller: Caller, dave: Any) -> None:
    token, client = asks_for_token(dave), stranger()
    client.force_login(dave, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
    with database_gone():
        for page in (client.get("/"), client.get("/health"), client.post("/report/new", report())):
            assert page.status_code == 503
            assert page.content.count(b"<h1") == 1
        assert is_problem(caller.get("meldingen"), 503)
        assert is_problem(caller.post("meldingen", notification("A-1")), 503)
    assert client.get("/").status_code == client.get("/health").status_code == 200
    assert caller.post("meldingen", notification("A-1")).status_code == 201
    assert token().status_code == 200


@pytest.mark.django_db
def test_a_file_for_which_there_is_no_room_leaves_nothing_and_is_taken_later(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.ZICHTLIJN_FILES = tmp_path
    reference = caller.post("meldingen", notification("A-1")).json()["kenmerk"]

    def add() -> Any:
        data = {"tekst": "Het verslag.", "bijlagen": SimpleUploadedFile("verslag.pdf", b"%PDF-1.7\nverslag")}
        headers = caller.headers | {"idempotency-key": "k2"}
        return Client().post(f"/api/v1/meldingen/{reference}/aanvullingen", data, headers=headers)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert is_problem(add(), 507)
    assert not Message._base_manager.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert add().status_code == 201
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("shortage", Shortage)
def test_the_page_needs_no_database_and_is_there_in_english(shortage: Shortage, settings: Any) -> None:
    from django.utils import translation

    error = OSError(errno.ENOSPC, "full") if shortage == Shortage.ROOM else OperationalError("gone")
    if shortage == Shortage.DATABASE:
        from psycopg import OperationalError as Refused

        error.__cause__ = Refused("connection refused")
    with translation.override("en"):
        try:
            raise error
        except (OSError, OperationalError):
            page = errors.server_error(None)  # type: ignore[arg-type] - it looks at nothing of the request
    assert page.status_code == shortage.value
    assert "was not saved half" in page.content.decode()


@pytest.mark.django_db
def test_a_fault_of_the_product_is_no_shortage() -> None:
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert shortage_of(raised.value) is None
    assert shortage_of(OSError(errno.EACCES, "not yours")) is None
    assert shortage_of(ValueError("wrong")) is shortage_of(None) is None
