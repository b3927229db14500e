"""``zichtlijn rebuild-search``: index everything anew, while people go on working."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.readiness import DatabaseCommand

from ...indexing import rebuild


class Command(DatabaseCommand):
    """Prints how many records of each type can be found."""

    help = "Index everything that can be found anew, and drop what is no longer there."

    def handle(self, *args: Any, **options: Any) -> None:
        for label, count in rebuild().items():
            self.stdout.write(f"{label}: {count}")
