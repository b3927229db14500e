"""The ``zichtlijn`` command: the product's own commands first, Django's behind them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``zichtlijn COMMAND``; without a command, say which there are."""
    if sys.argv[1:2] == ["import-programme"]:
        # Its dry run needs no settings, data folder or database, so it goes before Django.
        from zichtlijn.supervision.sources.command.running import main as import_programme  # noqa: PLC0415

        sys.exit(import_programme(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings must be named first

    # Commands are written with hyphens (rebuild-search), the modules that hold them with underscores.
    command = [word if word.startswith("-") else word.replace("-", "_") for word in sys.argv[1:2]]
    execute_from_command_line(["zichtlijn", *command, *sys.argv[2:]])


if __name__ == "__main__":
    main()
