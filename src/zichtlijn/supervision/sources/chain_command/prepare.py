"""``zichtlijn chain prepare``: a log in, the folder of a prepared log out."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..chain_words import Words
from .loading import load
from .telling import CommandError, Progress


def run(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """Prepare the log; a line about what it holds is the answer."""
    folder: Path = order.folder
    if folder.exists():
        raise CommandError(words.gettext("%(name)s exists already; give a folder that does not.", name=folder))
    if not folder.absolute().parent.is_dir():
        raise CommandError(words.gettext("There is no folder %(name)s.", name=folder.parent))
    manifest = load(order, folder, words, progress).log.manifest
    counted = words.gettext(
        "%(events)s events of %(cases)s cases are prepared in %(name)s",
        events=words.number(manifest.events),
        cases=words.number(manifest.cases),
        name=folder,
    )
    return f"{counted}\n{words.gettext('digest')} {manifest.digest}\n"
