"""How time and memory grow with the log: generated chains of 5, 50 and 500 million events, each stage on its own.

    python benchmarks/chain_growth.py --scratch FOLDER [--events 5 50 500] [--chain criminal-justice] [--keep]

A generated demo log is written as a raw log, prepared, and asked for every metric of the catalogue. Each stage runs in
a process of its own, so that its peak memory is its own. What was done before is not done again: the figures of every
stage stay in the scratch folder until all are there. Results: ``benchmarks/results/chain_growth.json``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from growth_stages import GENERATE, PREPARE, STAGES, raw_folder, run_stage, stage_folder
from measuring import in_process, write_results

MIB = 1024 * 1024
# The whole process, by millions of events; a log of up to so many stays within so many MiB.
MOST_MIB = ((50, 4096), (500, 8192))
MOST_GROWTH = 1.5  # of the seconds per million events, from the smallest log
# Measured: raw log, rows by bucket and prepared log together, at the moment that there is most of them.
BYTES_PER_EVENT = 95
NOTE = "one cold run in a process of its own; only what is imported at its start is not counted"


def main() -> None:
    """Every size in turn; the data of one are gone before the next is made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[5, 50, 500], metavar="MILLIONS")
    parser.add_argument("--scratch", type=Path, required=True, help="folder for the logs and what is known so far")
    parser.add_argument("--chain", default="criminal-justice", help="which chain is generated")
    parser.add_argument("--keep", action="store_true", help="leave the logs and the figures of the stages")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.stage:
        millions = wanted.events[0]
        run_stage(wanted.stage, wanted.scratch, wanted.chain, millions, budget_mib(millions))
        return
    found = {millions: measured(millions, wanted) for millions in sorted(wanted.events)}
    write_results("chain_growth", rows(found))
    if not wanted.keep:
        for millions in found:  # the folder itself may hold what is not ours
            kept_figures(millions, wanted).unlink()


def budget_mib(millions: int) -> int:
    """What the whole process may take. Exits for a log of a size without a goal."""
    for most, mib in MOST_MIB:
        if millions <= most:
            return mib
    sys.exit(f"There is no goal for {millions} million events; at most {MOST_MIB[-1][0]}.")


def measured(millions: int, wanted: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """The figures of every stage, kept as they come."""
    folder = wanted.scratch / f"{wanted.chain}-{millions}"
    kept = kept_figures(millions, wanted)
    figures: dict[str, dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if PREPARE not in figures:
        needs_room(wanted.scratch, millions)
    for stage in STAGES:
        if stage not in figures:
            shutil.rmtree(stage_folder(folder, stage), ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            figures[stage] = watched(folder, lambda stage=stage: in_own_process(stage, folder, millions, wanted))
            print(f"{millions} million events, {stage}: {json.dumps(figures[stage])}", flush=True)
            kept.write_text(json.dumps(figures, indent=1), encoding="utf-8")
        if stage == PREPARE and not wanted.keep:
            shutil.rmtree(raw_folder(folder), ignore_errors=True)
    if not wanted.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def kept_figures(millions: int, wanted: argparse.Namespace) -> Path:
    """Where the figures of the stages of a size are kept until all are there."""
    return Path(wanted.scratch / f"{wanted.chain}-{millions}.json")


def needs_room(scratch: Path, millions: int) -> None:
    """Stop with one clear line when the disk is too full."""
    scratch.mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(scratch).free, millions * 1_000_000 * BYTES_PER_EVENT
    if free < needed:
        sys.exit(f"{millions} million events need {needed >> 30} GiB on disk; {scratch} has {free >> 30} GiB.")


def in_own_process(stage: str, folder: Path, millions: int, wanted: argparse.Namespace) -> dict[str, Any]:
    """What the stage tells of itself."""
    words = ("--stage", stage, "--events", millions, "--scratch", folder, "--chain", wanted.chain)
    return in_process(sys.executable, Path(__file__), *words)


def watched(folder: Path, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The figures of ``work``, with the most bytes that were in the folder meanwhile."""
    most = 0
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        while not future.done():
            most = max(most, bytes_in(folder))
            time.sleep(1)
        return {**future.result(), "most_disk_mib": most // MIB, "disk_mib": bytes_in(folder) // MIB}


def bytes_in(folder: Path) -> int:
    """Of all files; those that go away meanwhile count as nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def rows(found: dict[int, dict[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Per size: every stage, and all metrics together."""
    stages = {millions: with_all_metrics(figures) for millions, figures in found.items()}
    smallest = min(stages)
    return [
        row(stage, millions, figures, stages[smallest][stage] if millions != smallest else None)
        for millions, measured_stages in stages.items()
        for stage, figures in measured_stages.items()
    ]


def with_all_metrics(stages: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The stages, and the metrics taken together: their seconds one after the other, the highest peak of memory."""
    metrics = [figures for stage, figures in stages.items() if stage not in (GENERATE, PREPARE)]
    together = {
        "events": metrics[0]["events"],
        "seconds": sum(each["seconds"] for each in metrics),
        "peak_mib": max(each["peak_mib"] for each in metrics),
        "disk_mib": metrics[0]["disk_mib"],
    }
    return {**stages, "all metrics": together}


def row(stage: str, millions: int, figures: dict[str, Any], smallest: dict[str, Any] | None) -> dict[str, Any]:
    """A row of the table. ``smallest``: the same stage of the smallest log."""
    most = budget_mib(millions)
    per_million = figures["seconds"] / figures["events"] * 1e6
    met, goal, note = figures["peak_mib"] <= most, f"at most {most} MiB", NOTE
    if smallest is not None:
        growth = per_million / (smallest["seconds"] / smallest["events"] * 1e6)
        met = met and growth <= MOST_GROWTH
        goal += f" and {MOST_GROWTH:g} times the time per event of the smallest log"
        note += f"; {growth:.2f} times the time per event"
    return {
        "work": f"{millions} million events: {stage}",
        "events": figures["events"],
        "seconds": round(figures["seconds"], 3),
        "events_per_second": round(figures["events"] / figures["seconds"]),
        "seconds_per_million": round(per_million, 4),
        "peak_mib": figures["peak_mib"],
        "disk_mib": figures["disk_mib"],
        "most_disk_mib": figures.get("most_disk_mib"),
        "goal": goal,
        "met": met,
        "note": note,
    }


if __name__ == "__main__":
    main()
