"""What all tests share: the database engine, the cast of people, the shared inputs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from django.test import Client

# A slow machine is no fault of what is tested.
settings.register_profile("zichtlijn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zichtlijn")

CHECKOUT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery staple"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--engine`` chooses the database; read in ``tests/settings.py``, where Django first asks for it.

    ``--keep-figures`` writes down in ``benchmarks/results`` how many steps were tried.
    """
    parser.addoption("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.addoption("--keep-figures", action="store_true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only tests that ask something of the database: the others say the same again."""
    if config.getoption("--engine") == "postgres":
        same = [item for item in items if not _asks_the_database(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if _asks_the_database(item)]


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


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
    from django.contrib.auth import get_user_model

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
def olga(db: None) -> Any:
    """Somebody of an organisation under supervision; ``field.OrganisationAccount`` says which."""
    return _person("olga", "organisation")


@pytest.fixture
def pia(db: None) -> Any:
    """Somebody of a partner inspectorate."""
    return _person("pia", "partner")


@pytest.fixture
def bart(db: None) -> Any:
    """Another inspector, of no team."""
    return _person("bart", "inspector")


@pytest.fixture
def team(bob: Any) -> Any:
    """A team with bob in it."""
    from zichtlijn.platform.accounts.models import Team, TeamMember

    made = Team.objects.create(name="Sanctietoepassing")
    TeamMember.objects.create(team=made, user=bob)
    return made


@pytest.fixture
def client_of(db: None) -> Iterator[Callable[[Any], Client]]:
    """``client_of(user)`` is a browser in which that user is signed in."""
    from django.test import Client

    def signed_in(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
        return client

    return signed_in


@pytest.fixture(autouse=True, scope="session")
def _let_test_databases_be_emptied() -> None:
    """Transactional tests empty all tables afterwards, which the append-only triggers forbid on purpose."""
    from django.db import connection
    from django.test import TransactionTestCase

    from zichtlijn.platform.events import guards

    empty = TransactionTestCase._fixture_teardown

    def without_guards(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            guards.remove(cursor.execute, connection.vendor)
            try:
                empty(case)
            finally:
                guards.install(cursor.execute, connection.vendor)

    TransactionTestCase._fixture_teardown = without_guards  # type: ignore[method-assign]
