"""What reading and preparing a dataset computes, outside any transaction; nothing here writes to the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Values
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from zichtlijn.analysis.eventlogs.model import LogError, Mapping

from .dataset_proposals import proposal_as_json
from .models import Dataset

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepared import Manifest, Prepared
    from zichtlijn.analysis.eventlogs.raw import RawLog

UNPACKED = 40
"""A compressed file may unpack to so many times the size that may be uploaded."""
MEMORY_MIB = 1024
Tell = Callable[[float], None]


@dataclass(frozen=True)
class Part:
    """A part of the whole work, from ``low`` to ``high`` (0 to 1), told to ``tell``."""

    tell: Tell
    low: float = 0.0
    high: float = 1.0

    def read(self, share: float, _events: int) -> None:
        """As readers tell it."""
        self.prepared(share)

    def prepared(self, share: float) -> None:
        """As the preparation tells it."""
        self.tell(self.low + (self.high - self.low) * share)


def nobody(_share: float) -> None:
    """For whoever does not ask how far it is."""


def read_into(path: Path, folder: Path, *, filename: str, tell: Tell = nobody) -> RawLog:
    """Read a file into ``folder``. Raises LogError, with nothing left behind."""
    from zichtlijn.analysis.eventlogs.readers import read_log

    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    limit = int(settings.ZICHTLIJN_UPLOAD_LIMIT) * UNPACKED
    try:
        return read_log(path, folder, filename=filename, progress=Part(tell).read, max_bytes=limit)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def prepare_into(
    folder: Path,
    raws: Sequence[RawLog],
    mapping: Mapping,
    *,
    report: Values[str, Any] | None = None,
    is_demo: bool = False,
    tell: Tell = nobody,
) -> Manifest:
    """Prepare the raw logs, the later ones added to the first; the load report goes with the log. Raises LogError."""
    from zichtlijn.analysis.eventlogs.prepare import prepare

    first, *later = raws
    steps = len(raws)
    progress = Part(tell, 0, 1 / steps).prepared
    at = _step(folder, 0, steps)
    prepared = prepare(first, mapping, at, memory_mib=MEMORY_MIB, progress=progress, is_demo=is_demo)
    manifest = replace(_with_added(prepared, later, folder, cut_off=None, steps=steps, tell=tell), report=report or {})
    manifest.write(folder)
    return manifest


def add_into(
    folder: Path, prepared: Prepared, raw: RawLog, *, cut_off: str | None = None, tell: Tell = nobody
) -> Manifest:
    """Add the events of a raw log to a prepared one, as a new prepared log in ``folder``; the old one stands.

    ``cut_off``: another day up to which the registration is complete. Raises LogError.
    """
    return _with_added(prepared, [raw], folder, cut_off=cut_off, steps=1, tell=tell)


def _with_added(
    prepared: Prepared, raws: Sequence[RawLog], folder: Path, *, cut_off: str | None, steps: int, tell: Tell
) -> Manifest:
    from zichtlijn.analysis.eventlogs.prepare import append

    for number, raw in enumerate(raws, start=steps - len(raws)):
        progress, at = Part(tell, number / steps, (number + 1) / steps).prepared, _step(folder, number, steps)
        prepared = append(prepared, raw, at, memory_mib=MEMORY_MIB, progress=progress, cut_off=cut_off)
    return prepared.manifest


def _step(folder: Path, number: int, steps: int) -> Path:
    """The last step makes ``folder`` itself."""
    return folder if number == steps - 1 else folder.with_name(f"{folder.name}-{number}")


def proposal_for(raw: RawLog) -> dict[str, Any]:
    """What the columns seem to mean, as plain JSON."""
    from zichtlijn.analysis.eventlogs.proposing import propose_mapping

    return proposal_as_json(propose_mapping(raw))


def report_on(raw: RawLog, mapping: Mapping) -> dict[str, Any]:
    """What would be read and dropped with this mapping, as plain JSON. Raises LogError."""
    from zichtlijn.analysis.eventlogs.report import load_report

    return load_report(raw, mapping).as_json()


def raws_of(dataset: Dataset) -> list[RawLog]:
    """The raw log of the dataset and those of the files added to it. Raises LogError when one was not kept."""
    from zichtlijn.analysis.eventlogs.raw import RawLog

    names = [dataset.raw_folder, *dataset.additions.values_list("raw_folder", flat=True)]
    if not all(names):
        raise LogError("raw-gone", "The files themselves were not kept, so the log cannot be prepared again.")
    return [RawLog.open(dataset.folder / name) for name in names]
