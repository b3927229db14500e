"""What differs between the databases: how the index is made, which words go in, and how it is asked."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.db import connection

from . import postgres, sqlite


def engine_of(vendor: str) -> ModuleType:
    """The module for a database: ``install``, ``remove``, ``term``, ``matching``."""
    return postgres if vendor == "postgresql" else sqlite


def current() -> ModuleType:
    """The module for the database in use."""
    return engine_of(connection.vendor)


def install(_apps: Any, schema_editor: Any) -> None:
    """Migration step: make the index."""
    for statement in engine_of(schema_editor.connection.vendor).INSTALL:
        schema_editor.execute(statement)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Migration step: take the index away."""
    for statement in engine_of(schema_editor.connection.vendor).REMOVE:
        schema_editor.execute(statement)


def forget_deleted() -> None:
    """Take the words of entries that were deleted or changed out of the index for good, where it keeps them a while.

    In short steps: of a large index it takes minutes, and who writes meanwhile should not wait for all of it.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before, pages = _changes(cursor), -sqlite.FORGET_PAGES
        while True:
            cursor.execute(sqlite.FORGET, [pages])
            after = _changes(cursor)
            if after - before < 2:  # the statement itself counts for one
                return
            before, pages = after, sqlite.FORGET_PAGES


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def loosen(_apps: Any, schema_editor: Any) -> None:
    """Migration step before a column is added or changed: SQLite makes the table anew, and loses the triggers on it."""
    if schema_editor.connection.vendor == "sqlite":
        remove(_apps, schema_editor)


def fasten(_apps: Any, schema_editor: Any) -> None:
    """Migration step after it: the index again, filled from the entries that are there."""
    if schema_editor.connection.vendor == "sqlite":
        install(_apps, schema_editor)
        schema_editor.execute(sqlite.REFILL)
