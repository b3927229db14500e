"""How time and memory grow with the log: 50 and 500 million events, within 4 and 8 GB.

    python benchmarks/chain_scale.py STAGE FOLDER MILLIONS      (one stage, in a process of its own)

Stages: ``generate`` a raw log, ``prepare`` it, ask the ``metrics``. What a stage took stands in ``stages.json``; a
stage that stands there is not done again. What a later stage does not need is taken away.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from chain_dashboard import by_engine
from measuring import in_process, row, tell

from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.generation import generate
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog

CHAIN, SEED, EVENTS_PER_CASE = "youth-protection", 3, 10.14
MILLION = 1_000_000
STAGES = ("generate", "prepare", "metrics")


def allowed_mib(millions: int) -> int:
    """The memory of the whole process: 4 GB up to a hundred million events, then 8."""
    return 4096 if millions <= 100 else 8192


def scale_rows(scratch: Path, sizes: list[int]) -> list[dict[str, Any]]:
    """A row per stage and size, and whether the time grows no faster than the log."""
    done = {size: staged(scratch / f"chain-scale-{size}", size) for size in sorted(sizes)}
    rows = [stage_row(size, stage, found) for size, stages in done.items() for stage, found in stages.items()]
    small, large = min(done), max(done)
    if small == large:
        return rows
    for stage in ("prepare", "metrics"):
        growth = done[large][stage]["seconds"] / done[small][stage]["seconds"]
        rows.append(
            row(
                f"{stage}: growth from {small} to {large} million events",
                ratio=growth,
                goal=f"time linear: at most {1.25 * large / small:g} times as long",
                met=growth <= 1.25 * large / small,
                note=f"the log is {large / small:g} times as large",
            )
        )
    return rows


def staged(folder: Path, millions: int) -> dict[str, Any]:
    """What each stage took, doing those that are not done; the files go when all are."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "stages.json"
    found = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for stage in STAGES:
        if stage not in found:
            found[stage] = in_process(sys.executable, Path(__file__), stage, folder, millions)
            kept.write_text(json.dumps(found), encoding="utf-8")
    for name in ("raw", "prepared"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return found


def stage_row(millions: int, stage: str, found: dict[str, Any]) -> dict[str, Any]:
    """One line of the table. The memory goal is not about making the log."""
    limit = allowed_mib(millions)
    return row(
        f"{stage}, {millions} million events",
        ours_s=found["seconds"],
        goal="none" if stage == "generate" else f"within {limit} MiB",
        met=stage == "generate" or found["peak_mib"] <= limit,
        peak_mib=found["peak_mib"],
        note=found["note"],
    )


def main() -> None:
    """Do one stage and tell what it took."""
    stage, folder, millions = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    start = time.perf_counter()
    note = {"generate": generated, "prepare": prepared, "metrics": asked}[stage](folder, millions)
    tell(seconds=time.perf_counter() - start, note=note)


def generated(folder: Path, millions: int) -> str:
    """A raw log of about so many million events."""
    for name in ("raw", "prepared"):
        shutil.rmtree(folder / name, ignore_errors=True)
    made = generate(CHAIN, cases=round(millions * MILLION / EVENTS_PER_CASE), seed=SEED, folder=folder)
    return f"{made.truth['events']} events in {made.truth['cases']} cases"


def prepared(folder: Path, millions: int) -> str:
    """Prepared within three quarters of the memory allowed: the rest is for Python and what it holds."""
    shutil.rmtree(folder / "prepared", ignore_errors=True)
    given = Mapping.from_json(json.loads((folder / "mapping.json").read_text(encoding="utf-8")))
    memory_mib = allowed_mib(millions) * 3 // 4
    log = prepare(RawLog.open(folder / "raw"), given, folder / "prepared", memory_mib=memory_mib)
    shutil.rmtree(folder / "raw")
    size = sum(path.stat().st_size for path in log.folder.rglob("*.parquet"))
    return f"{log.manifest.events} events in {log.manifest.buckets} buckets, {size // 2**20} MiB of Parquet"


def asked(folder: Path, millions: int) -> str:
    """The nine figures, each once, straight from the files."""
    took = {}
    with Embedded(Prepared(folder / "prepared"), memory_mib=allowed_mib(millions) // 2) as engine:
        for name, figure in by_engine(engine).items():
            start = time.perf_counter()
            figure()
            took[name] = time.perf_counter() - start
    return ", ".join(f"{name.replace('_', '-')} {seconds:.2f} s" for name, seconds in took.items())


if __name__ == "__main__":
    main()
