"""From a file to a prepared log: what the commands share."""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepared import MANIFEST, Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog

from ..chain_words import Words
from .telling import CommandError, Progress

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepare.arranged import Arranged

LEAST_KEY = 16


@dataclass(frozen=True)
class Loaded:
    """A prepared log, with what the load report says. ``proposed``: nobody chose the meaning of the columns."""

    log: Prepared
    report: dict[str, Any]
    proposed: bool


def load(order: argparse.Namespace, folder: Path, words: Words, progress: Progress) -> Loaded:
    """Read ``order.file`` and prepare it in ``folder``; what is needed in between stands beside it for as long."""
    from zichtlijn.analysis.eventlogs.prepare import prepare
    from zichtlijn.analysis.eventlogs.readers import read_log
    from zichtlijn.analysis.eventlogs.report import load_report

    check_file(order.file, words)
    key = read_key(order.pseudonym_key_file, words)
    chosen = read_mapping(order.mapping, words)
    with tempfile.TemporaryDirectory(prefix=".zichtlijn-", dir=folder.absolute().parent) as work:
        raw = read_log(order.file, Path(work) / "raw", progress=progress.of_share("reading"))
        progress.show("proposing")
        raw = _with_chosen_objects(raw, order.object_type or (chosen.object_type if chosen else None))
        mapping = chosen or propose(raw)
        if order.object_type:
            mapping = replace(mapping, object_type=order.object_type)
        if order.cut_off:
            mapping = replace(mapping, cut_off=order.cut_off)
        progress.show("checking")
        report = load_report(raw, mapping, **({"memory_mib": order.memory_mib} if order.memory_mib else {}))
        log = prepare(
            raw,
            mapping,
            folder,
            buckets=order.buckets,
            pseudonym_key=key,
            memory_mib=order.memory_mib,
            progress=progress.of_share("preparing"),
            engine=order.engine,
            report=report.as_json(),
        )
    absent = [problem.detail for problem in report.problems if problem.code == "activity-absent"]
    if absent:
        progress.warn(
            words.gettext("No event of the log is %(names)s, which the mapping names.", names=_quoted(absent))
        )
    return Loaded(log, report.as_json(), proposed=chosen is None)


def arranged(order: argparse.Namespace, words: Words, progress: Progress) -> Arranged:
    """Read ``order.log`` and arrange it in memory, for a first look."""
    from zichtlijn.analysis.eventlogs.prepare.arranged import arrange
    from zichtlijn.analysis.eventlogs.readers import read_log

    check_file(order.log, words)
    chosen = read_mapping(order.mapping, words)
    with tempfile.TemporaryDirectory(prefix="zichtlijn-") as work:
        raw = read_log(order.log, Path(work) / "raw", progress=progress.of_share("reading"))
        raw = _with_chosen_objects(raw, order.object_type or (chosen.object_type if chosen else None))
        mapping = chosen or propose(raw)
        if order.object_type:
            mapping = replace(mapping, object_type=order.object_type)
        progress.show("preparing")
        return arrange(raw, mapping, cut_off=order.cut_off)


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _with_chosen_objects(raw: RawLog, object_type: str | None) -> RawLog:
    """Of a log of objects, with the objects of one type as its cases; any other log as it is."""
    if object_type is None:
        return raw
    from zichtlijn.analysis.eventlogs.readers.ocel_flattening import with_cases

    return with_cases(raw, Mapping(roles={}, object_type=object_type))


def propose(raw: RawLog) -> Mapping:
    """What the columns probably mean. Raises LogError when a needed column cannot be found."""
    from zichtlijn.analysis.eventlogs.proposing import propose_mapping

    mapping: Mapping = propose_mapping(raw).mapping
    mapping.check()
    return mapping


def open_log(folder: Path, words: Words) -> Prepared:
    """A log that was prepared before."""
    if not folder.exists():
        raise CommandError(words.gettext("There is no folder %(name)s.", name=folder))
    return Prepared(folder)


def is_prepared(path: Path) -> bool:
    """Whether this is the folder of a prepared log."""
    return (path / MANIFEST).is_file()


def read_mapping(path: Path | None, words: Words) -> Mapping | None:
    """A mapping that was saved as JSON."""
    if path is None:
        return None
    try:
        values = json.loads(_bytes_of(path, words))
    except (ValueError, RecursionError) as error:
        raise CommandError(
            words.gettext("%(name)s is not a JSON file: %(reason)s.", name=path, reason=error)
        ) from error
    if not isinstance(values, dict):
        raise CommandError(words.gettext("%(name)s holds no mapping.", name=path))
    return Mapping.from_json(values)


def read_key(path: Path | None, words: Words) -> bytes | None:
    """A key for pseudonyms: the content of a file, without the line end that an editor puts at its end."""
    if path is None:
        return None
    key = _bytes_of(path, words).rstrip(b"\r\n")
    if len(key) < LEAST_KEY:
        terms = {"name": path, "number": LEAST_KEY}
        raise CommandError(
            words.gettext("The key in %(name)s is too short: at least %(number)s bytes are needed.", **terms)
        )
    return key


def _bytes_of(path: Path, words: Words) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CommandError(words.gettext("There is no file %(name)s.", name=path)) from error
    except OSError as error:
        raise unreadable(path, error, words) from error


def check_file(path: Path, words: Words) -> None:
    """Raises CommandError for a file that is not there, is a folder, or cannot be read."""
    if not path.exists():
        raise CommandError(words.gettext("There is no file %(name)s.", name=path))
    if path.is_dir():
        raise CommandError(
            words.gettext("%(name)s is a folder, and not that of a prepared log; give the file of a log.", name=path)
        )
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path, error, words) from error


def unreadable(path: Path, error: OSError, words: Words) -> CommandError:
    """A file that is there and yet cannot be read."""
    reason = error.strerror or str(error)
    return CommandError(words.gettext("The file %(name)s cannot be read: %(reason)s.", name=path, reason=reason))
