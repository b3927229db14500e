"""``zichtlijn tick``: do what is due of what runs every so often, such as sending mail and warning of terms."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from zichtlijn.platform.tasks.recurring import run_due
from zichtlijn.project import serving

PAUSE = 5.0
"""Seconds between two looks at what is due."""


class Command(BaseCommand):
    """Once, for a timer of the system; or all the time, which is how ``zichtlijn run`` uses it."""

    help = "Do what is due: send mail, warn of terms, look for viruses in files that wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stay", action="store_true", help=_("stay, and look every five seconds"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["stay"]:
            for name in run_due():
                self.stdout.write(name)
            return
        serving.stop_on_terminate()
        parent = os.getppid()
        try:
            while os.getppid() == parent:  # who started it is still there
                self._look()
                time.sleep(PAUSE)
        except KeyboardInterrupt:
            return

    def _look(self) -> None:
        try:
            run_due()
        except DatabaseError as error:
            self.stderr.write(_("The database could not be reached: %(error)s") % {"error": error})
            connection.close()  # the next look tries again; what is due stays due
