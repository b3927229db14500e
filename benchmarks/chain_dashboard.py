"""Our side of the nine figures of the dashboard, in a process of its own: see ``chain_speed``.

    python benchmarks/chain_dashboard.py cold LOG MAPPING FOLDER ANSWERS
    python benchmarks/chain_dashboard.py look LOG MAPPING FOLDER ANSWERS
    python benchmarks/chain_dashboard.py prepared FOLDER ANSWERS --runs 5

``cold`` reads the log, prepares it and computes the figures from the prepared files; ``look`` arranges the log in
memory and computes them without preparing anything. ``prepared`` opens what was prepared, and asks in three ways:

- ``engine``: DuckDB reads the Parquet files for every figure;
- ``files``: compiled loops; the log is opened anew and the columns are read from the Parquet files at every question,
  once for all nine figures or once for each, and nothing is kept;
- ``held``: compiled loops over columns that were read before, as for a page that asks with another filter. No answer
  is kept.

A page of the product does as ``files`` at its first question and as ``held`` after it, where the columns fit.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401 - so that its import is not part of what is timed
import numba
import numpy as np
import pyarrow.dataset  # noqa: F401
from measuring import tell, timed

from zichtlijn.analysis.chains import (
    directly_follows,
    durations,
    hand_overs,
    lead_times,
    rework,
    throughput,
    variants,
)
from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.kernels import Columns, Instant
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepare.arranged import arrange
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.readers import parquet, read_log  # noqa: F401

numba.njit(lambda: 0)()  # Numba imports half of what it needs, SciPy among it, at its first call
SHOWN = 100
Figures = dict[str, Callable[[], Any]]


def main() -> None:
    """Do one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["cold", "look", "prepared"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    if wanted.way == "prepared":
        prepared(*wanted.paths, wanted.runs)
    else:
        from_the_start(*wanted.paths, is_look=wanted.way == "look")


def from_the_start(path: Path, mapping: Path, folder: Path, answers: Path, *, is_look: bool) -> None:
    """From the file to the figures, once: nothing was loaded before except by imports. Compiled code is on disk."""
    given = Mapping.from_json(json.loads(mapping.read_text(encoding="utf-8")))
    seconds = {}
    start = time.perf_counter()
    raw = read_log(path, folder / "raw")
    seconds["read"] = time.perf_counter() - start
    columns = arrange(raw, given) if is_look else Columns(prepare(raw, given, folder / "prepared"))
    seconds["arrange" if is_look else "prepare"] = time.perf_counter() - start - seconds["read"]
    found = {name: figure() for name, figure in by_instant(Instant(columns)).items()}
    seconds["all"] = time.perf_counter() - start
    answers.write_text(json.dumps(as_answers(found, columns.log)), encoding="utf-8")
    tell(seconds=seconds, events=columns.log.manifest.events)


def prepared(folder: Path, answers: Path, runs: int) -> None:
    """The figures of a log that was prepared, all and each, asked in three ways."""
    log = Prepared(folder)
    instant = Instant(Columns(log))
    with Embedded(log) as engine:
        ways = {
            "engine": lambda: by_engine(engine),
            "files": lambda: by_instant(Instant(Columns(Prepared(folder)))),
            "held": lambda: by_instant(instant),
        }
        seconds: dict[str, dict[str, float]] = {}
        for way, figures in ways.items():
            found = {}
            seconds[way] = {}
            for name in figures():
                seconds[way][name], found[name] = timed(lambda chosen=figures, one=name: chosen()[one](), runs)
            seconds[way]["all"], _all = timed(lambda chosen=figures: [each() for each in chosen().values()], runs)
            target = answers.with_suffix(f".{way}.json")
            target.write_text(json.dumps(as_answers(found, log)), encoding="utf-8")
    tell(seconds=seconds, held_mib=round(instant.bytes_held / 2**20))


def by_engine(engine: Embedded) -> Figures:
    """Every figure by DuckDB from the Parquet files."""
    return {
        "directly_follows": lambda: directly_follows.compute(engine, with_times=False),
        "times": lambda: directly_follows.compute(engine),
        "durations": lambda: durations.compute(engine),
        "hand_overs": lambda: ask(engine, hand_overs.consecutive()),
        "rework": lambda: rework.compute(engine),
        "variants": lambda: variants.compute(engine, shown=SHOWN),
        "throughput": lambda: throughput.compute(engine),
        "stock": lambda: throughput.compute(engine).open_cases,
        "kaplan_meier": lambda: lead_times.compute(engine, unit="days"),
    }


def by_instant(instant: Instant) -> Figures:
    """Every figure by compiled loops over columns."""
    return {
        "directly_follows": lambda: instant.directly_follows(with_times=False),
        "times": instant.directly_follows,
        "durations": instant.durations,
        "hand_overs": instant.consecutive,
        "rework": instant.rework,
        "variants": lambda: instant.variants(shown=SHOWN),
        "throughput": instant.throughput,
        "stock": lambda: instant.throughput().open_cases,
        "kaplan_meier": lambda: instant.lead_times(unit="days"),
    }


def as_answers(found: dict[str, Any], log: DescribedLog) -> dict[str, Any]:
    """As JSON, in the form in which the peer's script gives them."""
    names = log.values("organisation")
    handed, flow, took = found["hand_overs"], found["throughput"], found["durations"].times
    pairs = zip(*(handed[name].tolist() for name in ("organisation", "next_organisation", "count")), strict=True)
    days = flow.first_day + np.arange(len(flow.started))
    curve = found["kaplan_meier"].everyone.curve
    return {
        "directly_follows": {f"{s.activity}\n{s.next_activity}": s.count for s in found["directly_follows"].steps},
        "times": {f"{s.activity}\n{s.next_activity}": s.times.mean_s for s in found["times"].steps if s.times},
        "durations": [took.count, took.mean_s, took.median_s],
        "hand_overs": {f"{names[one]}\n{names[other]}": count for one, other, count in pairs},
        "rework": {each.activity: each.cases for each in found["rework"].per_activity},
        "variants": [len(found["variants"].sizes), found["variants"].sizes[:SHOWN].tolist()],
        "throughput": {name: per_day(days, getattr(flow, name)) for name in ("started", "ended", "events")},
        "stock": {str(day): int(count) for day, count in zip(days.tolist(), found["stock"].tolist(), strict=True)},
        "kaplan_meier": [list(point) for point in zip(curve.times.tolist(), curve.survival.tolist(), strict=True)],
    }


def per_day(days: Any, counts: Any) -> dict[str, int]:
    """Days with something."""
    return {str(day): count for day, count in zip(days.tolist(), counts.tolist(), strict=True) if count}


if __name__ == "__main__":
    main()
