"""Database triggers that forbid changing or deleting what was recorded, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

FIRST = ("events_event", "events_seal", "events_sealedevent")
READINGS = ("casefiles_reading",)
GUARDED = (*FIRST, *READINGS)
"""Every guarded table; each is guarded by the migration of the app that makes it."""


def install(execute: Callable[[str], Any], vendor: str, tables: Iterable[str] = GUARDED) -> None:
    """Put the triggers on the guarded tables, or on some of them."""
    for table in tables:
        for statement in _create(vendor, table):
            execute(statement)


def remove(execute: Callable[[str], Any], vendor: str, tables: Iterable[str] = GUARDED) -> None:
    """Take the triggers off again: for undoing the migration, and for emptying a test database."""
    for table in tables:
        for statement in _drop(vendor, table):
            execute(statement)


def missing(rows: Callable[[str], Iterable[tuple[str]]], vendor: str) -> list[str]:
    """The guarded tables that lost a trigger; ``rows`` runs a query and gives its rows."""
    if vendor == "sqlite":
        query, ends = "SELECT name FROM sqlite_master WHERE type = 'trigger'", ("update", "delete")
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        ends = ("change", "truncate")
    present = {name for (name,) in rows(query)}
    return [table for table in GUARDED if not {f"{table}_no_{end}" for end in ends} <= present]


@contextmanager
def lifted(tables: Iterable[str]) -> Iterator[None]:
    """Take the triggers off for what must go after its term. Others wait, or see them in place, until the end.

    Never for events and seals. Raises TransactionManagementError outside a transaction: the gap would be seen.
    """
    chosen = tuple(tables)
    if set(chosen) & set(FIRST):
        raise ValueError("what was recorded is kept for good")
    if not connection.in_atomic_block:
        raise TransactionManagementError("guards are lifted within a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction is in the way
        remove(cursor.execute, connection.vendor, chosen)
        yield
        install(cursor.execute, connection.vendor, chosen)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _create(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        (
            f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        ),
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
        ),
    ]


def _drop(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_append_only()",
    ]
