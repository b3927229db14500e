"""Generating a log of any size: block by block, so that memory does not grow with it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.generation.agreed import agreed
from zichtlijn.analysis.chains.generation.columns import as_table, mapping
from zichtlijn.analysis.chains.generation.definition import CHAINS, ChainCode, ChainDefinition, read_chain
from zichtlijn.analysis.chains.generation.planted import Planted
from zichtlijn.analysis.chains.generation.rates import Rates
from zichtlijn.analysis.chains.generation.simulation import Counts, Simulation
from zichtlijn.analysis.chains.generation.truth import truth
from zichtlijn.analysis.chains.generation.writing import Writing, WritingCsv, WritingParquet, WritingRaw
from zichtlijn.analysis.chains.generation.writing_xes import WritingXes
from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.eventlogs.raw import RawLog

Format = Literal["raw", "csv", "parquet", "xes"]
FORMATS: tuple[Format, ...] = get_args(Format)

# Part of what a log is, not a setting. The cases of a block share teams of their own: every organisation has, in each
# region, as many teams of equal capacity as there are blocks, and each team keeps its own waiting list.
BLOCK_CASES = 100_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Generated:
    """A log in ``path`` (a file, or the folder of the raw log), how to read it, what is agreed, and what is true."""

    path: Path
    mapping: Mapping
    model: ChainModel
    truth: dict[str, Any]
    raw: RawLog | None = None


def generate(
    chain: ChainCode,
    *,
    cases: int,
    seed: int,
    folder: Path,
    format: Format = "raw",  # noqa: A002 - the word for it
    planted: Planted | None = None,
    day_granular: bool = False,
    progress: Progress | None = None,
) -> Generated:
    """Write a demo log of so many cases to ``folder``, with ``truth.json``, ``mapping.json`` and ``model.json`` beside
    it.

    The same arguments give the same bytes. ``planted``: what is made wrong on purpose; by default what the chain says,
    ``Planted()`` for nothing. ``day_granular``: times are dates. ``progress`` is told the cases done and all cases.
    Raises LogError for a chain, format, number or plant that cannot be; an error leaves no log behind.
    """
    definition = read_chain(chain)
    rates = Rates(definition, definition.planted if planted is None else planted)
    _check(cases, seed, format)
    settings = _settings(definition, cases, seed, rates.planted, day_granular)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ("raw" if format == "raw" else f"{chain}.{format}")
    writing = _writing(path, format, definition, hashlib.sha256(settings.encode()).hexdigest())
    counts, events = Counts(), 0
    try:
        for table, done, counted in _blocks(rates, cases, seed, day_granular):
            writing.write(table)
            counts.add(counted)
            events += len(table)
            if progress is not None:
                progress(done, cases)
        writing.finish()
    except BaseException:
        _discard(path)
        raise
    totals = {"cases": cases, "events": events, "seed": seed, "blocks": _blocks_of(cases), "block_cases": BLOCK_CASES}
    found = truth(rates, cases, counts, totals)
    how = mapping(definition, xes=format == "xes")
    model = agreed(definition)
    for name, values in (("truth", found), ("mapping", how.as_json()), ("model", model.as_json())):
        _write_json(folder / f"{name}.json", values)
    return Generated(path, how, model, found, writing.log if isinstance(writing, WritingRaw) else None)


def _write_json(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _check(cases: int, seed: int, file_format: str) -> None:
    if cases < 1:
        raise LogError("generate-cases", "At least one case is needed, not %(cases)s.", cases=cases)
    if seed < 0:
        raise LogError("generate-seed", "The seed is a number from 0, not %(seed)s.", seed=seed)
    if file_format not in FORMATS:
        names = ", ".join(FORMATS)
        message = "There is no format %(name)s; choose from %(names)s."
        raise LogError("generate-format", message, name=file_format, names=names)


def _settings(chain: ChainDefinition, cases: int, seed: int, planted: Planted, day_granular: bool) -> str:
    """All that decides the log, as text."""
    values = asdict(chain) | {"planted": asdict(planted), "cases": cases, "seed": seed, "block_cases": BLOCK_CASES}
    return json.dumps(values | {"day_granular": day_granular}, sort_keys=True, default=str)


def _writing(path: Path, file_format: Format, chain: ChainDefinition, sha256: str) -> Writing:
    _discard(path)
    if file_format == "csv":
        return WritingCsv(path)
    if file_format == "parquet":
        return WritingParquet(path)
    if file_format == "xes":
        return WritingXes(path, chain.name)
    return WritingRaw(path, f"{chain.code}-demo", sha256)


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _blocks_of(cases: int) -> int:
    return -(-cases // BLOCK_CASES)


def _blocks(rates: Rates, cases: int, seed: int, day_granular: bool) -> Iterator[tuple[pa.Table, int, Counts]]:
    """The events, the cases done so far and the counts of each block; blocks differ at most one case in size."""
    blocks = _blocks_of(cases)
    root = np.random.SeedSequence([seed, CHAINS.index(rates.chain.code)])
    done = 0
    for number in range(blocks):
        size = cases // blocks + (number < cases % blocks)
        simulation = Simulation(rates, size, np.random.default_rng(root.spawn(1)[0]))
        table = as_table(rates.chain, simulation.run(), done + 1, day_granular=day_granular)
        done += size
        yield table, done, simulation.counts
