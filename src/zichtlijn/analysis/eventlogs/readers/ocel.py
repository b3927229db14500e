"""OCEL 2.0, the standard for object-centric event logs, as an SQLite database, JSON or XML.

All of it is kept in ``objects/`` within the folder (see ``ocel_store``). The raw log itself has a case for each object
of the type with the most events per object; ``with_cases`` gives that of another type. Times without a zone are those
of the mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.ocel_flattening import OBJECTS, flatten, object_types, with_cases
from zichtlijn.analysis.eventlogs.readers.ocel_json import read_json
from zichtlijn.analysis.eventlogs.readers.ocel_sqlite import read_sqlite
from zichtlijn.analysis.eventlogs.readers.ocel_store import ObjectStore
from zichtlijn.analysis.eventlogs.readers.ocel_xml import read_xml
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import unpacked

Progress = Callable[[float, int], None]
Reader = Callable[[Path, ObjectStore, int | None], Iterator[float]]
_SQLITE = b"SQLite format 3\x00"

__all__ = ["flatten", "read", "with_cases"]


def read(
    path: Path,
    folder: Path,
    *,
    filename: str,
    sha256: str,
    progress: Progress | None = None,
    max_bytes: int | None = None,
) -> RawLog:
    """Read a file into ``folder``. ``progress``: share read and events. Raises LogError with nothing left behind."""
    reader = _reader_for(path)
    store = ObjectStore(folder / OBJECTS)
    try:
        for share in reader(path, store, max_bytes):
            if progress is not None:
                progress(share, store.events)
        objects = store.finish(filename=filename, sha256=sha256)
        types = object_types(objects)
        if not types:
            raise refused("ocel-no-cases")
        return flatten(objects, types[0]["name"], folder, also_in={"object_types": types})
    except BaseException:
        store.discard()
        _remove_if_empty(folder)
        raise


def _reader_for(path: Path) -> Reader:
    with unpacked(path) as file:
        start = file.read(4096)
    if start.startswith(_SQLITE):
        return read_sqlite
    return read_xml if start.lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n").startswith(b"<") else read_json


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
