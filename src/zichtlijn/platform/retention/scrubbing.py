"""Seeing to it that what is deleted is also gone from the file of the database, as far as the database does that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from zichtlijn.platform.search.engines import forget_deleted


@contextmanager
def scrubbing() -> Iterator[None]:
    """SQLite overwrites with zeros what is deleted meanwhile; PostgreSQL does it its own way, see ``scrub``."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        before = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
            forget_deleted()
        finally:
            cursor.execute(f"PRAGMA secure_delete = {before}")


def scrub() -> None:
    """Empty what the database keeps beside its tables: the log of SQLite, dead rows of PostgreSQL.

    Not within a transaction, where neither can be done.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
        for table in tables:
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
