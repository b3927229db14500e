"""How fast chains are analysed, against PM4Py with pandas and lifelines; how it grows is for ``chain_growth``.

    python benchmarks/chain_speed.py [--events 5] [--runs 5] [--peers PYTHON] [--scratch FOLDER]

A made log of a youth-protection chain (demo, fixed seed), as one Parquet file, goes to both sides. Nine figures are
asked: what follows what and after how long, durations of cases, hand-overs, rework, routes, throughput, stock, and the
curve of Kaplan and Meier. The answers must be the same, or nothing is written. The peer's work is measured once: it
takes minutes, and does not get faster by repeating it. Results: ``benchmarks/results/chain_speed.json``.

Once prepared, a log is asked in three ways, see ``chain_dashboard``: every way has its row. A goal stands with the way
in which the product answers: for the nine figures from the files at the first question, for a single figure with the
columns held, for then a page is open already. The other ways are there to compare, without a goal.

Loops are compiled once per installation: a small log is done first, so that no row has that in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from chain_answers import differences
from measuring import NOTE, PEER_SCRIPTS, PEERS, ROOT, in_process, needs_peers, row, write_results

from zichtlijn.analysis.chains.generation import generate

CHAIN, SEED, EVENTS_PER_CASE = "youth-protection", 3, 10.14
MILLION = 1_000_000
SMALL = 0.5
"""Millions of events, enough for the loops to go over parts of a log."""
OURS = ROOT / "benchmarks/chain_dashboard.py"
Job = dict[str, Any]


def main() -> None:
    """All rows of the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=float, default=5, help="millions of events of the log compared on")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=Path, default=PEERS, help="the Python of the peers")
    parser.add_argument("--scratch", type=Path, help="folder for the logs while it runs")
    wanted = parser.parse_args()
    needs_peers(wanted.peers)
    with tempfile.TemporaryDirectory(dir=wanted.scratch) as name:
        rows = compared(Path(name), wanted)
    write_results("chain_speed", rows)


def compared(scratch: Path, wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """Both sides on the same log, and what a scan of the columns takes."""
    from_the_start(made_log(scratch / "small", SMALL), scratch / "small", "look")
    from_the_start(made_log(scratch / "small", SMALL), scratch / "small", "cold")
    job = made_log(scratch, wanted.events)
    look, cold = (from_the_start(job, scratch, way) for way in ("look", "cold"))
    folder, runs = scratch / "cold/prepared", ("--runs", wanted.runs)
    held = in_process(sys.executable, OURS, "prepared", folder, scratch / "prepared.json", *runs)
    scans = in_process(sys.executable, ROOT / "benchmarks/chain_scans.py", folder, *runs)
    peer = in_process(wanted.peers, PEER_SCRIPTS / "dashboard.py", scratch / "job.json")
    check(scratch, json.loads(Path(job["answers"]).read_text(encoding="utf-8")))
    return [*Table(wanted.events, {"look": look, "cold": cold}, held, peer).rows(), scan_row(scans)]


def from_the_start(job: Job, scratch: Path, way: str) -> Job:
    """From the file to the figures, in a folder of its own."""
    return in_process(sys.executable, OURS, way, job["log"], job["mapping"], scratch / way, scratch / f"{way}.json")


def made_log(scratch: Path, millions: float) -> Job:
    """Generate the log, write what both sides need to know, and return it."""
    scratch.mkdir(exist_ok=True)
    made = generate(
        CHAIN, cases=round(millions * MILLION / EVENTS_PER_CASE), seed=SEED, folder=scratch / "made", format="parquet"
    )
    # In UTC on both sides: pandas takes long over summer time, and that is not what is compared.
    mapping = replace(made.mapping, time_zone="UTC", required=())
    (scratch / "mapping.json").write_text(json.dumps(mapping.as_json()), encoding="utf-8")
    columns = {role: mapping.roles[role].name for role in ("case", "activity", "time", "organisation")}
    job: Job = {
        **columns,
        "log": str(made.path),
        "mapping": str(scratch / "mapping.json"),
        "end_activities": list(mapping.end_activities),
        "cut_off_us": cut_off_us(str(mapping.cut_off)),
        "answers": str(scratch / "theirs.json"),
    }
    (scratch / "job.json").write_text(json.dumps(job), encoding="utf-8")
    return job


def cut_off_us(text: str) -> int:
    """Microseconds since 1970 of a time in UTC."""
    from datetime import UTC, datetime

    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * MILLION)


def check(scratch: Path, theirs: dict[str, Any]) -> None:
    """Stop when any answer differs, in any of our ways."""
    total = sum(theirs["hand_overs"].values())
    network = {pair: round(share * total) for pair, share in theirs.pop("network").items()}
    for name in ("look", "cold", "prepared.engine", "prepared.files", "prepared.held"):
        ours = json.loads((scratch / f"{name}.json").read_text(encoding="utf-8"))
        wrong = differences(ours, theirs) + ([] if ours["hand_overs"] == network else ["hand-over network"])
        if wrong:
            sys.exit(f"{name}: not the same answers: {', '.join(wrong)}")


WAYS = {
    "engine": "through DuckDB, from the Parquet files at every question",
    "files": "compiled loops, the log opened and its columns read from the Parquet files at every question",
    "held": "compiled loops over columns held in memory; no answer is held",
}
NAMES = {"engine": "through DuckDB", "files": "from the files", "held": "columns held"}
STARTS = {"look": "arranged in memory, nothing prepared on disk", "cold": "with a prepared log written to disk"}


class Table:
    """The rows of the comparison with PM4Py. ``starts``: what was measured from the file on, by way."""

    def __init__(self, millions: float, starts: dict[str, Job], held: Job, peer: Job) -> None:
        self._millions, self._starts, self._held, self._peer = millions, starts, held, peer
        self._all_s = sum(seconds for name, seconds in peer["seconds"].items() if name != "network")

    def rows(self) -> list[dict[str, Any]]:
        """Times first, then memory."""
        theirs = self._peer["seconds"]
        follows, network = theirs["directly_follows"], theirs["network"]
        both = "; peer: its function for it", "; peer: its directly-follows of organisations, the faster way"
        return [
            *(self._start(way) for way in self._starts),
            *self._prepared("nine figures", "all", self._all_s, {"files": 100}),
            *self._prepared("directly-follows", "directly_follows", follows, {"held": 1000}),
            *self._prepared("hand-overs", "hand_overs", network, {"held": 300}, both[0]),
            *self._prepared("hand-overs", "hand_overs", theirs["hand_overs"], {"held": 300}, both[1]),
            *self._prepared("variants", "variants", theirs["variants"], {"held": 20}),
            *(self._memory(way) for way in self._starts),
        ]

    def _start(self, way: str) -> dict[str, Any]:
        ours = self._starts[way]["seconds"]
        note = f"{NOTE}; {STARTS[way]}: {parts(ours)}; the peer: {parts(self._peer['seconds'])}"
        return self._row(f"nine figures, from cold Parquet, {STARTS[way]}", (ours["all"], self._all_s), 40, note)

    def _prepared(
        self, work: str, figure: str, peer_s: float, goals: dict[str, int], more: str = ""
    ) -> list[dict[str, Any]]:
        """A row for each way; a goal at the one in which the product answers."""
        rows = []
        for way, said in WAYS.items():
            note = f"{NOTE}; {said}{more}"
            if way == "held":
                note += f" ({self._held['held_mib']} MiB held for all nine figures)"
            times = self._held["seconds"][way][figure], peer_s
            rows.append(self._row(f"{work}, once prepared, {NAMES[way]}", times, goals.get(way), note))
        return rows

    def _row(self, work: str, times: tuple[float, float], goal: int | None, note: str) -> dict[str, Any]:
        ours_s, peer_s = times
        return row(
            f"{work}, {self._millions:g} million events",
            peer="PM4Py, pandas, lifelines",
            peer_version=self._peer["versions"]["pm4py"],
            ours_s=ours_s,
            peer_s=peer_s,
            goal="to compare" if goal is None else f"at least {goal:,} times as fast",
            met=None if goal is None else peer_s / ours_s >= goal,
            note=note,
        )

    def _memory(self, way: str) -> dict[str, Any]:
        ours, theirs = self._starts[way]["peak_mib"], self._peer["peak_mib"]
        return row(
            f"peak memory of nine figures from cold Parquet, {STARTS[way]}, {self._millions:g} million events",
            peer="PM4Py, pandas, lifelines",
            peer_version=self._peer["versions"]["pm4py"],
            ratio=ours / theirs,
            goal="at most 0.2 of the peer's",
            met=ours <= 0.2 * theirs,
            peak_mib=ours,
            peer_peak_mib=theirs,
            note="ratio of peak memory of the whole processes, reading included",
        )


def parts(seconds: dict[str, float]) -> str:
    """What each part took."""
    return ", ".join(f"{name.replace('_', '-')} {value:.2f} s" for name, value in seconds.items())


def scan_row(scans: Job) -> dict[str, Any]:
    """Metrics against scans."""
    worst = ", ".join(f"{name} {ratio:.1f}" for name, ratio in scans["ratios"].items())
    return row(
        "every metric on prepared Parquet",
        peer="scanning just its columns",
        ratio=scans["median"],
        goal="median at most 2 times as long",
        met=scans["median"] <= 2,
        note=f"median over the metrics of the time of their queries over the sum of each of their columns; {worst}",
    )


if __name__ == "__main__":
    main()
