"""What the benchmarks share: running one side in a process of its own, timing it, and keeping the results.

Every measured process times its work itself, after its imports: for both sides alike. The first run of each is not
counted; of the others the median is. Peak memory is that of the whole process, imports and all.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results"
PEERS = ROOT / ".venv-peers/bin/python"
PEER_SCRIPTS = ROOT / "benchmarks/peer_scripts"
NOTE = "time of the work within the process, imports excluded on both sides; peak memory of the whole process"


def in_process(python: Path | str, script: Path, *words: object) -> dict[str, Any]:
    """What a script prints as JSON on its last line. Raises CalledProcessError when it fails."""
    command = [str(python), str(script), *map(str, words)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def timed(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Median seconds of ``runs`` after one that is not counted, and what the last one gave."""
    seconds, result = [], work()
    for _number in range(runs):
        gc.collect()
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def tell(**values: Any) -> None:
    """Hand the figures of this process, with its peak memory, to the one that started it."""
    print(json.dumps({**values, "peak_mib": peak_mib()}))


def peak_mib() -> int:
    """The most memory this process has had; not that of the process it was forked from, which getrusage counts too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def row(
    work: str,
    *,
    goal: str,
    met: bool | None,
    ours_s: float | None = None,
    peer: str | None = None,
    peer_version: str | None = None,
    peer_s: float | None = None,
    ratio: float | None = None,
    peak_mib: float | None = None,
    note: str = NOTE,
    **more: Any,
) -> dict[str, Any]:
    """A row of the table of results. ``met`` is None without a goal.

    ``ratio`` is that of the times, unless the row is about something else.
    """
    if ratio is None and ours_s and peer_s:
        ratio = peer_s / ours_s
    return {
        "work": work,
        "peer": peer,
        "peer_version": peer_version,
        "ours_s": None if ours_s is None else round(ours_s, 4),
        "peer_s": None if peer_s is None else round(peer_s, 4),
        "ratio": None if ratio is None else round(ratio, 2),
        "goal": goal,
        "met": met,
        "peak_mib": peak_mib,
        "note": note,
        **more,
    }


def write_results(name: str, rows: list[dict[str, Any]]) -> None:
    """Print the rows and keep them in ``results/<name>.json``."""
    for each in rows:
        print(json.dumps(each, ensure_ascii=False))
    _keep(name, rows)


def _keep(name: str, rows: list[dict[str, Any]]) -> None:
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "system": platform.system()}
    RESULTS.mkdir(exist_ok=True)
    measured = {"date": datetime.now(UTC).date().isoformat(), "machine": machine, "rows": rows}
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_part(name: str, part: str, rows: list[dict[str, Any]], *, same: tuple[str, ...] = ()) -> None:
    """As ``write_results``, for a file to which several benchmarks write: only the rows of ``part`` are replaced.

    With ``same`` only those of them that agree with a new row in these values, such as the engine.
    """
    path = RESULTS / f"{name}.json"
    kept = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else []
    today = datetime.now(UTC).date().isoformat()
    new = [{"part": part, "on": today} | row for row in rows]
    replaced = [[row.get(value) for value in same] for row in new]
    others = [
        row for row in kept if row["part"] != part or (same and [row.get(value) for value in same] not in replaced)
    ]
    for row in new:
        print(json.dumps(row, ensure_ascii=False))
    _keep(name, [*others, *new])


def needs_peers(python: Path) -> None:
    """Stop with one clear line when the environment of the peers is not there."""
    if not python.exists():
        sys.exit(f"There is no {python}; make bench-chains makes it")
