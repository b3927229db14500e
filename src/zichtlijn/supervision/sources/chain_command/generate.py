"""``zichtlijn chain generate``: a demo log with known truth."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from ..chain_words import Words
from .telling import CommandError, Progress


def run(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """Write the log, its mapping and what was planted to a folder that appears when all of it is there."""
    from zichtlijn.analysis.chains.generation import generate

    folder: Path = order.output
    if folder.exists():
        raise CommandError(words.gettext("%(name)s exists already; give a folder that does not.", name=folder))
    if not folder.absolute().parent.is_dir():
        raise CommandError(words.gettext("There is no folder %(name)s.", name=folder.parent))
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
    try:
        made = generate(
            order.chain,
            cases=order.cases,
            seed=order.seed,
            folder=work,
            format=order.file_format,
            progress=progress.of_count("generating"),
        )
        work.chmod(0o755)
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return words.gettext("The log is in %(name)s (demo)", name=folder / made.path.name) + "\n"
