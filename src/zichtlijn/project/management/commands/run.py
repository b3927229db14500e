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
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.project import demo, serving
from zichtlijn.supervision.signals.reference import load_reference


class Command(BaseCommand):
    """Ends with the address, and in a demo with the log-ins; stops with Ctrl-C."""

    help = "Start the web server and the worker; with ZICHTLIJN_DEMO=1 the demo is loaded first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-warming", action="store_true", help=_("do not compile anything beforehand"))

    def handle(self, *args: Any, **options: Any) -> None:
        serving.stop_on_terminate()
        try:
            with serving.claim(settings.DATA):
                self._prepare()
                code = self._run(options["address"], options["port"], warming=not options["no_warming"])
        except BlockingIOError as error:
            message = _("The data folder %(folder)s is in use by another “zichtlijn run”. Stop that one first.")
            raise CommandError(message % {"folder": settings.DATA}) from error
        except KeyboardInterrupt:
            self.stdout.write(_("Stopped."))
            code = 0
        sys.exit(code)

    def _prepare(self) -> None:
        self.stdout.write(_("Preparing the database …"))
        call_command("migrate", verbosity=0, interactive=False)
        serving.heed_a_stop()
        load_reference()
        load_rules()
        call_command("collectstatic", verbosity=0, interactive=False)
        serving.heed_a_stop()
        if settings.ZICHTLIJN_DEMO:
            self._load_demo()

    def _run(self, address: str, wanted_port: int, *, warming: bool) -> int:
        try:
            port = serving.free_port(address, wanted_port)
        except (OSError, OverflowError) as error:
            raise CommandError(str(error)) from error
        server = serving.start_server(address, port)
        companions: list[serving.Companion] = [serving.Worker(), serving.Ticking()]
        beside = []
        try:
            for companion in companions:
                companion.start()
            if serving.wait_until_it_answers(server, address, port):
                self._welcome(address, port)
                beside += [serving.start_warming()] if warming else []
            return serving.stay(server, companions, self.stderr.write)
        finally:
            started = [process for companion in companions for process in companion.processes]
            serving.stop([server, *started, *beside])

    def _load_demo(self) -> None:
        if not demo.is_loaded():
            self.stdout.write(_("Loading the demo …"))
            demo.load_demo(lambda _part: serving.heed_a_stop())
            serving.heed_a_stop()

    def _welcome(self, address: str, port: int) -> None:
        self.stdout.write("")
        self.stdout.write(_("Zichtlijn runs on http://%(place)s/ (stop with Ctrl-C)") % {"place": f"{address}:{port}"})
        if settings.ZICHTLIJN_DEMO:
            self.stdout.write(_("Demo log-ins, all with the password %(word)s:") % {"word": DEMO_PASSWORD})
            for person in PEOPLE:
                self.stdout.write(f"  {person.username:<18} {person.role.label}")
        self.stdout.flush()
