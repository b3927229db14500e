"""Results of a whole log, kept beside it, so that a page of a large log answers at once, also after a restart.

They stand in the folder of the prepared log, under a name that holds its digest and a fingerprint of the program: a
log that is added to, or another version of the software, does not read what was kept before.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import zichtlijn.analysis
from zichtlijn.analysis.eventlogs.prepared import Prepared

FOLDER = "figures"
logger = logging.getLogger(__name__)


@cache
def _program() -> str:
    """A fingerprint of the code that computes: its files with their sizes and times."""
    analysis = Path(zichtlijn.analysis.__file__).parent
    parts = [analysis / "chains", analysis / "eventlogs", Path(__file__).parent]
    files = sorted(path for part in parts for path in part.rglob("*.py"))
    told = [(str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _path(log: Prepared, name: str) -> Path:
    return log.folder / FOLDER / f"{name}-{log.manifest.digest[:16]}-{_program()}.json"


def read_kept(log: Prepared, name: str) -> dict[str, Any] | None:
    """The result of a metric on the whole log; None when it was not kept, or cannot be read."""
    try:
        found: dict[str, Any] = json.loads(_path(log, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def keep(log: Prepared, name: str, result: Any) -> None:
    """Keep a result. That it cannot be written is no reason not to show it."""
    path = _path(log, name)
    try:
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(result, file, ensure_ascii=False)
        Path(temporary).replace(path)
    except OSError as error:
        logger.warning("a figure could not be kept: %s", error)


Compute = Callable[[], dict[str, Any]]


def kept_or(log: Prepared, name: str, compute: Compute) -> dict[str, Any]:
    """What was kept, else what ``compute`` gives, which is then kept."""
    found = read_kept(log, name)
    if found is None:
        found = compute()
        keep(log, name, found)
    return found
