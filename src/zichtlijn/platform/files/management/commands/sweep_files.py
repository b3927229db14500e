"""``zichtlijn sweep-files``: take away what a killed or undone upload left behind."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zichtlijn.platform.readiness import DatabaseCommand

from ...storing import sweep_leftovers


class Command(DatabaseCommand):
    """Prints the files that went; files younger than a day stay, they may be an upload that is under way."""

    help = "Remove half-written files, and files that no record ever referred to, when they are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = sweep_leftovers()
        for path in gone:
            self.stdout.write(str(path))
        self.stdout.write(_("%(count)d files removed") % {"count": len(gone)})
