"""Compiling beforehand what reads, prepares and counts, so that nobody waits for it at a first dataset.

The loops are compiled when they are first used with columns of a kind, and kept on disk for all processes from then on.
So a small made-up log goes the whole way in a folder that is taken away again: ``python -m`` this module does it.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zichtlijn.analysis.chains.generation import ChainCode, generate
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import NEEDED
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import read_log, xes

from . import chain_figures

CASES, SEED = 200, 1
CHAIN: ChainCode = "youth-protection"
ACTIVITIES = 40
NICENESS = 10


def warm() -> None:
    """Compile what is not compiled yet. Takes some seconds when all of it is, and half a minute when nothing is."""
    with tempfile.TemporaryDirectory(prefix="zichtlijn-") as name:
        folder = Path(name)
        made = generate(CHAIN, cases=CASES, seed=SEED, folder=folder / "made", format="xes")
        raw = _scanned(made.path, folder / "raw")
        plain = replace(
            made.mapping,
            roles={role: made.mapping.roles[role] for role in NEEDED},
            end_activities=(),
            service_activities=(),
            sent_to={},
            required=(),
            term_days=None,
        )
        _count(prepare(raw, made.mapping, folder / "whole"))
        _count(prepare(raw, plain, folder / "least"))
        raw = _scanned(_busy_log(folder / "busy.xes"), folder / "busy-raw")
        _count(prepare(raw, propose_mapping(raw).mapping, folder / "busy"))


def _busy_log(path: Path) -> Path:
    """With more pairs of activities than a byte can number, and attributes of every kind."""
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    traces = [
        f'<trace><string key="concept:name" value="Z{case}"/><int key="persons" value="{case % 5}"/>'
        + "".join(
            f'<event><string key="concept:name" value="step {case * place % ACTIVITIES}"/>'
            f'<string key="org:group" value="office {place % 3}"/><float key="costs" value="{place}.5"/>'
            f'<boolean key="urgent" value="{str(place % 2 == 0).lower()}"/>'
            f'<date key="time:timestamp" value="{(moment + timedelta(days=case, hours=place)).isoformat()}"/></event>'
            for place in range(ACTIVITIES)
        )
        + "</trace>\n"
        for case in range(ACTIVITIES)
    ]
    path.write_text(f'<log xes.version="1849-2016">\n{"".join(traces)}</log>\n', encoding="utf-8")
    return path


def _scanned(path: Path, folder: Path) -> RawLog:
    """By the compiled reader, for which the file is otherwise too small."""
    with _set(xes, "SMALL_BYTES", 1):
        return read_log(path, folder)


@contextmanager
def _set(module: object, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def _count(log: Prepared) -> None:
    """Every figure, of all cases and of some."""
    some = Selection(until_us=(log.manifest.first_us + log.manifest.last_us) // 2)
    for selection in (EVERYTHING, some):
        for name in chain_figures.METRICS:
            if not chain_figures.missing(name, log):
                chain_figures.compute(name, log, selection)


if __name__ == "__main__":
    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(0))  # so that its folder is taken away
    warm()
