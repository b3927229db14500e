"""Whether our figures of real logs are those of PM4Py, and our survival curves those of lifelines.

    python benchmarks/chain_equality.py --shared FOLDER [--peers PYTHON]

Every log in the folder goes the whole way: read, mapped as proposed, prepared, asked. PM4Py gets the same events as a
table, in a process of its own. What is compared, figure by figure: which activity follows which, the routes of cases,
which organisation follows which (equal ones too), how long cases took; and, with the three most frequent last
activities as the end of a case and all other cases open, the curves of Kaplan and Meier and of Aalen and Johansen.
lifelines moves equal times apart by chance for the latter, so there the durations are ranked first, on both sides.
Results: ``benchmarks/results/chain_equality.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from measuring import PEER_SCRIPTS, PEERS, in_process, needs_peers, write_results

from zichtlijn.analysis.chains import directly_follows, hand_overs, lead_times, variants
from zichtlijn.analysis.chains.answers import ask
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.statistics.competing import cumulative_incidence
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import read_log

CLOSE = 1e-6
ENDINGS, SELDOM = 3, 0.01
# This log says nothing about organisations; each activity taken as one shows that hand-overs are counted right.
ORGANISATIONS = {"traffic_fines_full.parquet": Column("activity")}
Counts = dict[tuple[str, str], int]


def main() -> None:
    """All logs; exit code 1 when any figure differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the shared inputs")
    parser.add_argument("--peers", type=Path, default=PEERS, help="the Python of the peers")
    wanted = parser.parse_args()
    needs_peers(wanted.peers)
    rows = [row for path in sorted((wanted.shared / "logs").iterdir()) for row in compared(path, wanted.peers)]
    write_results("chain_equality", rows)
    sys.exit(any(row["different"] for row in rows))


def compared(path: Path, peers: Path) -> Iterator[dict[str, Any]]:
    """The rows of one log."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        raw = read_log(path, scratch / "raw")
        mapping = propose_mapping(raw).mapping
        if path.name in ORGANISATIONS:
            mapping = mapping.with_role("organisation", ORGANISATIONS[path.name])
        whole = prepare(raw, mapping, scratch / "whole")
        mapping = replace(mapping, end_activities=most_frequent_last(whole))
        closing = prepare(raw, mapping, scratch / "closing")
        target = scratch / "theirs"
        target.mkdir()
        versions = asked_peer(raw, mapping, target, peers)
        for metric, peer, compare in METRICS:
            if metric == "hand-overs" and mapping.column("organisation") is None:
                continue
            figures, different = compare(closing if peer == "lifelines" else whole, target)
            yield {
                "log": path.name,
                "metric": metric,
                "peer": peer,
                "peer_version": versions[peer],
                "figures": figures,
                "different": different,
            }


def most_frequent_last(log: Prepared) -> tuple[str, ...]:
    """The activities that most cases end with, and that seldom begin one: else cases would end as they start."""
    with Embedded(log) as engine:
        found = directly_follows.compute(engine, with_times=False)
    begin = {activity for activity, count in found.starts if count > SELDOM * log.manifest.cases}
    ends = [str(activity) for activity, _count in found.ends if activity not in begin]
    return tuple(ends[:ENDINGS])


def asked_peer(raw: RawLog, mapping: Mapping, target: Path, peers: Path) -> dict[str, str]:
    """Let the peer write its figures; its versions."""
    job = target / "job.json"
    values = mapping.as_json()
    values |= {"raw": str(raw.folder), "target": str(target)}
    job.write_text(json.dumps(values), encoding="utf-8")
    return in_process(peers, PEER_SCRIPTS / "chain_figures.py", job)


def peer_counts(target: Path, name: str) -> Counts:
    """Pairs and how often, as the peer has them."""
    rows = pq.read_table(target / f"{name}.parquet")
    pairs = zip(rows["one"].to_pylist(), rows["other"].to_pylist(), strict=True)
    return {(str(one), str(other)): count for (one, other), count in zip(pairs, rows["count"].to_pylist(), strict=True)}


def differing(ours: Counts, theirs: Counts) -> tuple[int, int]:
    """The number of figures, and of those that are not the same on both sides."""
    keys = ours.keys() | theirs.keys()
    return len(keys), sum(ours.get(key) != theirs.get(key) for key in keys)


def compare_directly_follows(log: Prepared, target: Path) -> tuple[int, int]:
    """Per pair of activities."""
    with Embedded(log) as engine:
        steps = directly_follows.compute(engine, with_times=False).steps
    ours = {(str(step.activity), str(step.next_activity)): step.count for step in steps}
    return differing(ours, peer_counts(target, "directly_follows"))


def compare_variants(log: Prepared, target: Path) -> tuple[int, int]:
    """Per route."""
    with Embedded(log) as engine:
        shown = variants.compute(engine, shown=log.manifest.cases).shown
    ours = {("\n".join(str(name) for name in each.activities), ""): each.cases for each in shown}
    return differing(ours, peer_counts(target, "variants"))


def compare_hand_overs(log: Prepared, target: Path) -> tuple[int, int]:
    """Per pair of organisations."""
    values = log.values("organisation")
    with Embedded(log) as engine:
        answer = ask(engine, hand_overs.consecutive())
    columns = (answer[name].tolist() for name in ("organisation", "next_organisation", "count"))
    ours = {(values[one], values[other]): count for one, other, count in zip(*columns, strict=True)}
    return differing(ours, peer_counts(target, "hand_overs"))


def compare_durations(log: Prepared, target: Path) -> tuple[int, int]:
    """Per case, in whole milliseconds, from short to long."""
    cases = pq.read_table(log.folder / "cases", columns=["start_us", "end_us"])
    ours = np.sort(pc.subtract(cases["end_us"], cases["start_us"]).to_numpy()) / 1e6
    theirs = pq.read_table(target / "durations.parquet")["seconds"].to_numpy()
    if len(ours) != len(theirs):
        return len(ours), max(len(ours), len(theirs))
    return len(ours), int((np.abs(ours - theirs) > 0.0005).sum())


def compare_kaplan_meier(log: Prepared, target: Path) -> tuple[int, int]:
    """At each time of the peer's curve."""
    with Embedded(log) as engine:
        curve = lead_times.compute(engine, unit="days").everyone.curve
    theirs = pq.read_table(target / "kaplan_meier.parquet")
    return off(curve.times, curve.survival, 1.0, theirs)


def compare_aalen_johansen(log: Prepared, target: Path) -> tuple[int, int]:
    """Per way to end, at each time of the peer's curve."""
    cases = ranked(log)
    endings = sorted(cases.filter(cases["closed"])["ending"].unique().to_pylist())
    happened = np.array([pc.and_(cases["closed"], pc.equal(cases["ending"], one)).to_numpy() for one in endings])
    incidence = cumulative_incidence(np.arange(1.0, len(cases) + 1), happened, ~cases["closed"].to_numpy())
    theirs = pq.read_table(target / "aalen_johansen.parquet")
    figures = different = 0
    for row, ending in enumerate(endings):
        part = theirs.filter(pc.equal(theirs["ending"], ending))
        found, wrong = off(incidence.times, incidence.share[row], 0.0, part)
        figures, different = figures + found, different + wrong
    return figures, different


def ranked(log: Prepared) -> pa.Table:
    """Cases from short to long, equal ones by number: whether closed, and the last activity."""
    names = ["case_key", "start_us", "end_us", "closed", "last_activity"]
    cases = pq.read_table(log.folder / "cases", columns=names)
    end = pc.if_else(cases["closed"], cases["end_us"], pa.scalar(log.manifest.cut_off_us, pa.int64()))
    endings = pa.array(log.values("activity")).take(cases["last_activity"])
    found = cases.append_column("took", pc.subtract(end, cases["start_us"])).append_column("ending", endings)
    return found.sort_by([("took", "ascending"), ("case_key", "ascending")]).combine_chunks()


def off(times: Any, shares: Any, before: float, theirs: pa.Table) -> tuple[int, int]:
    """Compare a step function with the peer's at the peer's times; ``before`` is its value before the first step."""
    asked, expected = theirs["time"].to_numpy(), theirs["share"].to_numpy()
    place = np.searchsorted(times, asked, side="right") - 1
    found = np.where(place < 0, before, np.asarray(shares)[np.maximum(place, 0)])
    return len(asked), int((np.abs(found - expected) > CLOSE).sum())


Comparison = Callable[[Prepared, Path], tuple[int, int]]
METRICS: tuple[tuple[str, str, Comparison], ...] = (
    ("directly-follows", "pm4py", compare_directly_follows),
    ("variants", "pm4py", compare_variants),
    ("hand-overs", "pm4py", compare_hand_overs),
    ("durations", "pm4py", compare_durations),
    ("Kaplan-Meier", "lifelines", compare_kaplan_meier),
    ("Aalen-Johansen", "lifelines", compare_aalen_johansen),
)

if __name__ == "__main__":
    main()
