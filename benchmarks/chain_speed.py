"""How fast chains are analysed, against PM4Py with pandas and lifelines; how it grows is for ``chain_growth``.

    python benchmarks/chain_speed.py [--events 5] [--runs 5] [--peers PYTHON] [--scratch FOLDER]

A made log of a youth-protection chain (demo, fixed seed), as one Parquet file, goes to both sides. Nine figures are
asked: what follows what and after how long, durations of cases, hand-overs, rework, routes, throughput, stock, and the
curve of Kaplan and Meier. The answers must be the same, or nothing is written. The peer's work is measured once: it
takes minutes, and does not get faster by repeating it. Results: ``benchmarks/results/chain_speed.json``.
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
    job = made_log(scratch, wanted.events)
    ours = ROOT / "benchmarks/chain_dashboard.py"
    cold = in_process(sys.executable, ours, "cold", job["log"], job["mapping"], scratch, scratch / "cold.json")
    held = in_process(
        sys.executable, ours, "prepared", scratch / "prepared", scratch / "held.json", "--runs", wanted.runs
    )
    scans = in_process(sys.executable, ROOT / "benchmarks/chain_scans.py", scratch / "prepared", "--runs", wanted.runs)
    peer = in_process(wanted.peers, PEER_SCRIPTS / "dashboard.py", scratch / "job.json")
    check(scratch, json.loads(Path(job["answers"]).read_text(encoding="utf-8")))
    return [*Table(wanted.events, cold, held, peer).rows(), scan_row(scans)]


def made_log(scratch: Path, millions: float) -> Job:
    """Generate the log, write what both sides need to know, and return it."""
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
    """Stop when any answer differs, in any of our three ways."""
    total = sum(theirs["hand_overs"].values())
    network = {pair: round(share * total) for pair, share in theirs.pop("network").items()}
    for name in ("cold", "held.engine", "held.instant"):
        ours = json.loads((scratch / f"{name}.json").read_text(encoding="utf-8"))
        wrong = differences(ours, theirs) + ([] if ours["hand_overs"] == network else ["hand-over network"])
        if wrong:
            sys.exit(f"{name}: not the same answers: {', '.join(wrong)}")


class Table:
    """The rows of the comparison with PM4Py."""

    def __init__(self, millions: float, cold: Job, held: Job, peer: Job) -> None:
        self._millions, self._cold, self._held, self._peer = millions, cold, held, peer
        self._all_s = sum(seconds for name, seconds in peer["seconds"].items() if name != "network")

    def rows(self) -> list[dict[str, Any]]:
        """Times first, then memory."""
        seconds, engine, instant = (
            self._peer["seconds"],
            self._held["seconds"]["engine"],
            self._held["seconds"]["instant"],
        )
        at_once = f"{NOTE}; columns held in memory ({self._held['held_mib']} MiB)"
        from_files = f"{NOTE}; from the Parquet files at every question"
        cold_note = f"{NOTE}; {parts(self._cold['seconds'])}; the peer: {parts(seconds)}"
        follows, network = seconds["directly_follows"], seconds["network"]
        return [
            self._row("nine figures, from cold Parquet", self._cold["seconds"]["all"], self._all_s, 40, cold_note),
            self._row("nine figures, once prepared", engine["all"], self._all_s, 100, from_files),
            self._row("nine figures, once prepared, at once", instant["all"], self._all_s, 100, at_once),
            self._row("directly-follows, once prepared", engine["directly_follows"], follows, 1000, from_files),
            self._row("directly-follows, once prepared, at once", instant["directly_follows"], follows, 1000, at_once),
            self._row(
                "hand-overs, once prepared",
                engine["hand_overs"],
                network,
                300,
                f"{from_files}; peer: its function for it",
            ),
            self._row(
                "hand-overs, once prepared",
                engine["hand_overs"],
                seconds["hand_overs"],
                300,
                f"{from_files}; peer: its directly-follows of organisations, the faster way",
            ),
            self._row("variants, once prepared", engine["variants"], seconds["variants"], 20, from_files),
            self._memory(),
        ]

    def _row(self, work: str, ours_s: float, peer_s: float, goal: int, note: str) -> dict[str, Any]:
        return row(
            f"{work}, {self._millions:g} million events",
            peer="PM4Py, pandas, lifelines",
            peer_version=self._peer["versions"]["pm4py"],
            ours_s=ours_s,
            peer_s=peer_s,
            goal=f"at least {goal:,} times as fast",
            met=peer_s / ours_s >= goal,
            note=note,
        )

    def _memory(self) -> dict[str, Any]:
        ours, theirs = self._cold["peak_mib"], self._peer["peak_mib"]
        return row(
            f"peak memory of nine figures from cold Parquet, {self._millions:g} million events",
            peer="PM4Py, pandas, lifelines",
            peer_version=self._peer["versions"]["pm4py"],
            ratio=ours / theirs,
            goal="at most 0.2 of the peer's",
            met=ours <= 0.2 * theirs,
            peak_mib=ours,
            peer_peak_mib=theirs,
            note="ratio of peak memory of the whole processes, reading and preparing included",
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
