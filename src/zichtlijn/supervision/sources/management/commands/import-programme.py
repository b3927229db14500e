# ruff: noqa: N999 - the name of the module is the name of the command
"""``zichtlijn import-programme`` among Django's commands; ``zichtlijn`` itself runs it without loading Django first."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from zichtlijn.supervision.sources.command.running import main


class Command(BaseCommand):
    """Hands its arguments to the command as they are."""

    help = _(  # type: ignore[assignment]
        "Read a work programme and propose what it holds; a person decides what enters the register."
    )
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        code = main(list(args))
        if code:
            sys.exit(code)
