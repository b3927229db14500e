"""Is the database as this version of the product expects it: asked before a command uses it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

MOST_NAMED = 3


def what_is_missing() -> str:
    """What keeps the database from being used, such as the migrations that still have to run; empty when it is fit."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return str(error).strip()
    named = [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
    return ", ".join([*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])])


class DatabaseCommand(BaseCommand):
    """A command that reads or writes the register; it refuses a database that is not there or of an older version."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command. Raises CommandError when the database cannot be used."""
        if reason := what_is_missing():
            message = _("The database is not ready (%(reason)s). Run “zichtlijn migrate” first.")
            raise CommandError(message % {"reason": reason})
        result: str | None = super().execute(*args, **options)
        return result
