"""``zichtlijn run``: bring the database up to date and start everything that one installation needs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zichtlijn.platform.accounts.demo import DEMO_PASSWORD, PEOPLE
from zichtlijn.project import demo, serving


class Command(BaseCommand):
    """Ends with the address, and in a demo with the log-ins; stops with Ctrl-C."""

    help = "Start the web server and the worker; with ZICHTLIJN_DEMO=1 the demo is loaded first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        self.stdout.write(_("Preparing the database …"))
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.ZICHTLIJN_DEMO:
            self._load_demo()
        try:
            port = serving.free_port(address, options["port"])
        except OSError as error:
            raise CommandError(str(error)) from error
        processes = [serving.start_server(address, port), serving.start_worker()]
        if serving.wait_until_it_answers(address, port):
            self._welcome(address, port)
        sys.exit(serving.stay(processes))

    def _load_demo(self) -> None:
        if not demo.is_loaded():
            self.stdout.write(_("Loading the demo …"))
            demo.load_demo(lambda _part: None)

    def _welcome(self, address: str, port: int) -> None:
        self.stdout.write("")
        self.stdout.write(_("Zichtlijn runs on http://%(place)s/ (stop with Ctrl-C)") % {"place": f"{address}:{port}"})
        if settings.ZICHTLIJN_DEMO:
            self.stdout.write(_("Demo log-ins, all with the password %(word)s:") % {"word": DEMO_PASSWORD})
            for person in PEOPLE:
                self.stdout.write(f"  {person.username:<18} {person.role.label}")
        self.stdout.flush()
