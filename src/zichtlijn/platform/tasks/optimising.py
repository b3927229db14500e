"""The database looks every day at how its tables have grown, so that it keeps choosing the right index."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from .recurring import recurring

# All tables, and no more than a bounded part of each: sqlite.org/pragma.html#pragma_optimize
_OPTIMIZE = "PRAGMA optimize = 0x10002"


@recurring("database.optimise", every=timedelta(days=1), title=_("let the database look at its tables"))
def optimise() -> None:
    """SQLite only: a server of PostgreSQL does this by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_OPTIMIZE)
