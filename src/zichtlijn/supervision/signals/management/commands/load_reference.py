"""``zichtlijn load-reference``: put in what is not there yet of the delivered categories, terms, texts and rules."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zichtlijn.platform.readiness import DatabaseCommand
from zichtlijn.platform.retention.rules import load_rules

from ...reference import load_reference


class Command(DatabaseCommand):
    """Prints how many rows are new; what an administrator changed stays. ``zichtlijn run`` does this by itself."""

    help = "Put in the delivered categories of notifications and standard texts that are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%(count)d rows added") % {"count": load_reference() + load_rules()})
