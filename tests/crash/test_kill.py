"""A few rounds of what ``make test-crash`` does fifty times, on SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from benchmarks.intake_server import Installation
from tests.crash.killing import prepared, run

ROUNDS = 2


@pytest.fixture
def database(tmp_path: Path, django_db_setup: Any) -> Path:
    """The tables of the product, without what a test put in: those of the test database, copied as a file."""
    if connection.vendor != "sqlite":
        pytest.skip("the rounds on PostgreSQL are in make test-crash")
    path = tmp_path / "zichtlijn.sqlite3"
    tables = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tables)) as made, closing(sqlite3.connect(path)) as copy:
        made.backup(copy)
    return path


@pytest.mark.django_db  # before the tests with a browser, in whose thread Django asks nothing of a database
@pytest.mark.slow
def test_what_was_acknowledged_survives_a_killed_server(database: Path) -> None:
    installation = Installation(database.parent)
    try:
        outcome = run(installation, prepared(installation), rounds=ROUNDS, seed=7)
    finally:
        installation.kill()
    assert outcome.is_whole, outcome
    assert outcome.acknowledged > 0
    assert outcome.files > 0
