"""A folder that is there whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from zichtlijn.analysis.eventlogs.prepare.refusals import refusal


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Gives a temporary folder next to ``folder``, which becomes ``folder`` when all went well.

    What is in folders of the temporary one whose names begin with a dot is taken away first. Raises LogError when
    there is something at ``folder`` already.
    """
    if folder.exists():
        raise refusal("prepared-exists", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".{folder.name}.{uuid4().hex}")
    temporary.mkdir()
    try:
        yield temporary
        for own in temporary.glob(".*"):
            shutil.rmtree(own)
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
