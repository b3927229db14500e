"""The stages that ``chain_growth`` times: generate a raw log, prepare it, and each metric of the catalogue."""

from __future__ import annotations

import json
import time
from pathlib import Path

from measuring import tell

from zichtlijn.analysis.chains.catalogue import METRICS
from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.generation import generate
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog

GENERATE, PREPARE = "generate", "prepare"
STAGES = (GENERATE, PREPARE, *METRICS)
# A little fewer than there are, so that no log has fewer events than its name says.
EVENTS_PER_CASE = {"criminal-justice": 10.4, "asylum": 15.7, "youth-protection": 10.0}
SEED = 1
# Of what the process may have: Python, its libraries and what DuckDB does not count take the rest.
SHARE_TO_PREPARE, SHARE_OF_ENGINE = 0.75, 0.75


def raw_folder(folder: Path) -> Path:
    """Of the raw log itself; the mapping and the model are beside it."""
    return folder / GENERATE / "raw"


def stage_folder(folder: Path, stage: str) -> Path:
    """What a stage makes is in a folder of its own, so that a stage that was broken off can be taken away."""
    return folder / stage


def run_stage(stage: str, folder: Path, chain: str, millions: int, budget_mib: int) -> None:
    """Do one stage in this process and tell its figures."""
    if stage == GENERATE:
        generated(folder, chain, millions)
    elif stage == PREPARE:
        prepared(folder, budget_mib)
    else:
        metric(stage, folder, budget_mib)


def generated(folder: Path, chain: str, millions: int) -> None:
    """A raw log of a little more than so many million events."""
    cases = int(millions * 1_000_000 / EVENTS_PER_CASE[chain])
    start = time.perf_counter()
    made = generate(chain, cases=cases, seed=SEED, folder=folder / GENERATE)
    seconds = time.perf_counter() - start
    tell(seconds=seconds, events=made.raw.events, cases=cases)


def prepared(folder: Path, budget_mib: int) -> None:
    """The prepared log of it."""
    mapping = Mapping.from_json(_json(folder / GENERATE / "mapping.json"))
    raw = RawLog.open(raw_folder(folder))
    start = time.perf_counter()
    memory_mib = int(budget_mib * SHARE_TO_PREPARE)
    made = prepare(raw, mapping, folder / PREPARE / "log", memory_mib=memory_mib, is_demo=True)
    tell(seconds=time.perf_counter() - start, events=made.manifest.events, buckets=made.manifest.buckets)


def metric(name: str, folder: Path, budget_mib: int) -> None:
    """One metric of the prepared log, the whole way: opening the files, the questions, and the answer."""
    model = ChainModel.from_json(_json(folder / GENERATE / "model.json"))
    log, given = Prepared(folder / PREPARE / "log"), (model,) if name == "conformance" else ()
    start = time.perf_counter()
    with Embedded(log, memory_mib=int(budget_mib * SHARE_OF_ENGINE)) as engine:
        METRICS[name].compute(engine, *given)
    tell(seconds=time.perf_counter() - start, events=log.manifest.events)


def _json(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found
