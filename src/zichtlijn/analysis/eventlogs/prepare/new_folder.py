"""A folder that is there whole, or not at all; what a killed preparation left beside it is cleared by the next."""

from __future__ import annotations

import fcntl
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from zichtlijn.analysis.eventlogs.prepare.refusals import refusal

# Held as long as the preparation runs: the system lets go of it when the process is gone, however it went.
MARK = ".being-prepared"
LEFT_AFTER = 24 * 60 * 60  # seconds
_NAME = re.compile(r"\..+\.[0-9a-f]{32}")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Gives a temporary folder next to ``folder``, which becomes ``folder`` when all went well.

    What is in folders of the temporary one whose names begin with a dot is taken away first. Leftovers of killed
    preparations next to ``folder`` are cleared. Raises LogError when there is something at ``folder`` already.
    """
    if folder.exists():
        raise refusal("prepared-exists", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(folder.parent)
    temporary = folder.with_name(f".{folder.name}.{uuid4().hex}")
    temporary.mkdir()
    try:
        with (temporary / MARK).open("wb") as mark:
            _is_ours(mark)
            yield temporary
        _without_hidden(temporary)
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def clear_leftovers(place: Path) -> list[Path]:
    """Take away the temporary folders in ``place`` older than a day whose preparation is gone; returns those.

    One of a preparation that runs stays however long it takes, and so does every folder without our mark.
    """
    found = [path for path in place.glob(".*") if _NAME.fullmatch(path.name) and not path.is_symlink()]
    return [path for path in found if _cleared(path)]


def _cleared(path: Path) -> bool:
    try:
        with (path / MARK).open("rb") as mark:
            old = time.time() - (path / MARK).stat().st_mtime > LEFT_AFTER
            if not (old and _is_ours(mark)):
                return False
            shutil.rmtree(path, ignore_errors=True)
    except OSError:  # not ours, being taken away by another, or not ours to look into
        return False
    return not path.exists()


def _is_ours(mark: IO[bytes]) -> bool:
    """Take the lock, unless another has it or the file system knows no locks: then who has it is not known."""
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _without_hidden(folder: Path) -> None:
    for own in folder.glob(".*"):
        if own.is_dir():
            shutil.rmtree(own)
        else:
            own.unlink()
