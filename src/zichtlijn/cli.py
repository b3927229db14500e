"""The ``zichtlijn`` command: the product's own commands first, Django's behind them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def main() -> None:
    """Run ``zichtlijn COMMAND``; without a command, say which there are."""
    _speak_on_any_terminal()
    if sys.argv[1:2] == ["import-programme"]:
        # Its dry run needs no settings, data folder or database, so it goes before Django.
        from zichtlijn.supervision.sources.command.running import main as import_programme

        sys.exit(import_programme(sys.argv[2:]))
    if sys.argv[1:2] == ["chain"]:
        # Its results are files, so it needs no settings or database either.
        try:
            from zichtlijn.supervision.sources.chain_command.running import main as chain

            sys.exit(chain(sys.argv[2:]))
        except KeyboardInterrupt:  # while the program is being loaded, or leaves
            sys.exit(130)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
    from django.core.management import execute_from_command_line

    _check_settings()
    # Commands are written with hyphens (rebuild-search), the modules that hold them with underscores.
    command = [word if word.startswith("-") else word.replace("-", "_") for word in sys.argv[1:2]]
    execute_from_command_line(["zichtlijn", *command, *sys.argv[2:]])


def _speak_on_any_terminal() -> None:
    """A terminal without our signs shows others in their place, and closed output swallows what is said."""
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for as long as the process lives
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _check_settings() -> None:
    """A setting that cannot be used, or a data folder that cannot be written, is said in one line."""
    from django.conf import settings

    try:
        _ = settings.DATA
    except (OSError, ValueError) as error:
        sys.exit(f"zichtlijn: {error}")


if __name__ == "__main__":
    main()
