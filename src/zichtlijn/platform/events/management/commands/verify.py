"""``zichtlijn verify``: prove that the event record and the stored files are whole, or name what is not."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.files.queries import verify_files
from zichtlijn.platform.readiness import DatabaseCommand

from ...checks import problems_found
from ...sealing import Verdict, verify_events


class Command(DatabaseCommand):
    """Exit code 0 when everything is whole, 1 when something was changed, removed or damaged."""

    help = "Prove that no event and no stored file was changed, or name those that were."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", metavar="ROOT", help="the root of the newest seal, as you noted it elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_events()
        if options["expect"] and options["expect"] != verdict.root:
            verdict.problems.append(_("the newest seal is %(root)s, not the expected one") % {"root": verdict.root})
        verdict.problems += verify_files() + problems_found()
        self._report(verdict)
        if not verdict.whole:
            raise CommandError(
                ngettext("%(count)d problem found", "%(count)d problems found", len(verdict.problems))
                % {"count": len(verdict.problems)}
            )

    def _report(self, verdict: Verdict) -> None:
        for problem in verdict.problems:
            self.stderr.write(problem)
        facts = {"events": verdict.events, "sealed": verdict.sealed, "seals": verdict.seals}
        self.stdout.write(_("%(events)d events, of which %(sealed)d in %(seals)d seals") % facts)
        self.stdout.write(_("newest seal: %(root)s") % {"root": verdict.root})
        if verdict.whole:
            self.stdout.write(_("The record is whole."))
