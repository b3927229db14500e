"""How often equality is denied where it is, and how often a difference is found where it is.

    python benchmarks/equality_error.py [--logs 1000] [--prepared 100]

Every log is made so that all regions and groups are treated alike; the periods in which cases start are not alike, so
that the cases of a period depend on each other. A false alarm is a log of which any comparison is called "difference
shown" at a false-discovery rate of 5 %. Of ``--logs`` the cases go straight into the statistics; ``--prepared`` logs go
the whole way: generated chains with nothing planted, prepared, and asked through the engine. Beside it: the same logs
with one region slowed down, to see that silence is not bought with blindness; and the chi-square and log-rank tests for
independent cases, at 5 % each, as they are usually done.
Results: ``benchmarks/results/equality_error.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from equal_tables import equal_tables
from scipy import stats

from zichtlijn.analysis.chains import equality
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.equality_counts import Table
from zichtlijn.analysis.chains.generation import Planted, generate
from zichtlijn.analysis.chains.statistics.survival import log_rank
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.raw import RawLog

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results/equality_error.json"
SEED, LEVEL = 2031, 0.05
LOWEST, HIGHEST = 0.03, 0.07


def main() -> None:
    """Measure, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=int, default=1000)
    parser.add_argument("--prepared", type=int, default=100)
    wanted = parser.parse_args()
    rows = [*statistics_rows(wanted.logs), prepared_row(wanted.prepared)]
    for row in rows:
        print(f"{row['work']}: {row['note']} (goal {row['goal']}: {'met' if row['met'] else 'NOT met'})")
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "system": platform.system()}
    RESULTS.parent.mkdir(exist_ok=True)
    measured = {"date": datetime.now(UTC).date().isoformat(), "machine": machine, "rows": rows}
    RESULTS.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def statistics_rows(logs: int) -> Iterator[dict[str, Any]]:
    """False alarms per log and per comparison, the usual tests beside it, and differences found."""
    rng, alarms, usual, below, tested = np.random.default_rng(SEED), 0, 0, 0, 0
    start = time.perf_counter()
    for _log in range(logs):
        tables = equal_tables(rng)
        found = judged(tables)
        alarms += bool(found.shown)
        p_values = np.array([each.p_value for each in found.comparisons])
        below, tested = below + int((p_values <= LEVEL).sum()), tested + int(np.isfinite(p_values).sum())
        usual += min(usual_p_value(table) for table in tables) <= LEVEL
    seconds = time.perf_counter() - start
    beside = f"per comparison {below / tested:.1%}; any of the usual tests, one by one: {usual / logs:.1%}"
    goal = f"false alarms in {LOWEST:.0%}-{HIGHEST:.0%} of logs"
    share = alarms / logs
    met = LOWEST <= share <= HIGHEST
    yield row(f"{logs} equal logs, statistics", seconds, goal, met, f"false alarms in {share:.1%} of logs; {beside}")
    slowed = max(1, logs // 10)
    start = time.perf_counter()
    hits = sum(slow_region_found(rng) for _log in range(slowed))
    note = f"the region that takes half as long again is pointed at in {hits / slowed:.0%} of logs of 3,000 cases"
    seconds = time.perf_counter() - start
    yield row(f"{slowed} logs with one slow region, statistics", seconds, "at least 80%", hits >= 0.8 * slowed, note)


def judged(tables: list[Table]) -> equality.Equality:
    """The verdicts on one log."""
    return equality.verdicts([equality.compared(table) for table in tables], level=LEVEL)


def slow_region_found(rng: np.random.Generator) -> bool:
    """Whether the last region, one in twenty cases, stands out in lead time."""
    found = judged(equal_tables(rng, cases=3000, slower=1.5))
    lead_time = next(each for each in found.comparisons if each.measure == "lead-time")
    return lead_time.units[-1].verdict == equality.DIFFERENCE


def usual_p_value(table: Table) -> float:
    """Chi-square of a table, or log-rank, as if cases were independent."""
    if table.times is None:
        events, cases = table.events.sum(axis=1), table.cases.sum(axis=1)
        return float(stats.chi2_contingency(np.array([events, cases - events]), correction=False).pvalue)
    ended, stopped = table.events.sum(axis=1), table.cases.sum(axis=1)
    return log_rank(ended, stopped - ended).p_value


def prepared_row(logs: int) -> dict[str, Any]:
    """False alarms in generated chains with nothing planted, between regions and between groups."""
    start, alarms = time.perf_counter(), 0
    for number in range(logs):
        with tempfile.TemporaryDirectory() as folder:
            made = generate(
                "youth-protection", cases=2000, seed=SEED + number, folder=Path(folder) / "made", planted=Planted()
            )
            prepared = prepare(RawLog.open(made.path), made.mapping, Path(folder) / "prepared", is_demo=True)
            with Embedded(prepared) as engine:
                alarms += bool(equality.compute(engine, level=LEVEL).shown)
    share = alarms / logs
    low, high = stats.binomtest(alarms, logs).proportion_ci(method="wilson")
    note = f"false alarms in {share:.1%} of logs (95% interval {low:.1%}-{high:.1%})"
    goal = f"interval holds {LEVEL:.0%} or lies below it"
    return row(f"{logs} equal generated chains, prepared", time.perf_counter() - start, goal, low <= LEVEL, note)


def row(work: str, seconds: float, goal: str, met: bool, note: str) -> dict[str, Any]:
    """A row of the results; there is no peer for this work."""
    return {
        "work": work,
        "peer": None,
        "peer_version": None,
        "ours_s": round(seconds, 2),
        "peer_s": None,
        "ratio": None,
        "goal": goal,
        "met": bool(met),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "note": note,
    }


if __name__ == "__main__":
    main()
