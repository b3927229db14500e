"""Whether our figures are those of PM4Py and lifelines, on every log there is.

    python benchmarks/equal_to_peers.py --shared FOLDER [--peers PYTHON] [--keep-facts]

Each side reads the original file with its own reader; the roles of the columns are the ones that we propose, and a
time without a zone is one of the mapping's zone. A log of objects is compared for every type of object as case. For
curves with open cases the activities with which most cases end close a case. ``--keep-facts`` writes what PM4Py found,
as counts and digests, for the tests. Results: ``benchmarks/results/equal_to_peers.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from log_figures import Figures, facts, figures_of, mapping_of
from measuring import PEER_SCRIPTS, PEERS, ROOT, in_process, needs_peers, write_results

from zichtlijn.analysis.chains import lead_times
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.open_cases import TimeUnit
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import read_log

FACTS = ROOT / "tests/analysis/chains/peer_facts.json"
CLOSE = 1e-6
COVERED = 0.5  # share of cases that the closing activities must be the last of
OF_PM4PY = {
    "cases, their start, end and events": ("cases",),
    "directly-follows graph with start and end activities": ("steps", "starts", "ends"),
    "time between activities (seconds)": ("step_seconds",),
    "variants": ("variants",),
    "consecutive events by organisation": ("pairs",),
    "hand-overs between organisations": ("hand_overs",),
}
PRECISION = 1e-12
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many ``figures``, how many of them are ``different``, and the ``largest`` difference."""

    figures: int
    different: int
    largest: float


def main() -> None:
    """Every log; ends with an error when something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the shared inputs")
    parser.add_argument("--peers", type=Path, default=PEERS, help="the Python of the peers")
    parser.add_argument("--keep-facts", action="store_true", help="keep what PM4Py found, for the tests")
    wanted = parser.parse_args()
    needs_peers(wanted.peers)
    rows, kept = [], {}
    for path in sorted((wanted.shared / "logs").iterdir()):
        for name, found, theirs in compared(path, wanted.peers):
            rows += found
            kept[name] = facts(theirs)
    if wanted.keep_facts:
        FACTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_results("equal_to_peers", rows)
    if not all(row["met"] for row in rows):
        sys.exit("Not all figures are equal.")


def compared(path: Path, peers: Path) -> Iterator[tuple[str, list[dict[str, Any]], Figures]]:
    """Per log, and type of object: its name, the rows of the table, and the figures of the peer."""
    with tempfile.TemporaryDirectory() as scratch:
        raw = read_log(path, Path(scratch) / "raw")
        for object_type in [each["name"] for each in raw.details.get("object_types", ({"name": None},))]:
            mapping = mapping_of(raw, object_type)
            ours = figures_of(raw, mapping)
            closing = replace(mapping, end_activities=closing_activities(ours))
            theirs, versions = by_peer(path, Path(scratch), closing, peers)
            name = path.name if object_type is None else f"{path.name} ({object_type})"
            same = {"log": name, "events": ours["events"], "cases": len(ours["cases"])}
            pm4py = {**same, "peer": "PM4Py", "peer_version": versions["pm4py"]}
            lifelines = {**same, "peer": "lifelines", "peer_version": versions["lifelines"]}
            yield name, [*of_log(ours, theirs, pm4py), *of_curves(raw, closing, theirs["survival"], lifelines)], theirs


def closing_activities(ours: Figures) -> tuple[str, ...]:
    """The activities that most cases end with, as few as cover the share."""
    found, covered = [], 0
    for activity, count in sorted(ours["ends"], key=lambda row: -row[1]):
        if covered < COVERED * len(ours["cases"]):
            found.append(activity)
            covered += count
    return tuple(found)


def by_peer(path: Path, scratch: Path, mapping: Mapping, peers: Path) -> tuple[Figures, dict[str, str]]:
    """The figures of PM4Py and lifelines in a process of their own, and the versions."""
    kind = "ocel" if mapping.object_type else path.suffixes[0].removeprefix(".")
    request, answer = scratch / "request.json", scratch / "answer.json"
    asked = {
        "path": str(path),
        "kind": kind,
        "object_type": mapping.object_type,
        "columns": columns_of_peer(mapping, kind),
        "time_zone": mapping.time_zone,
        "end_activities": mapping.end_activities,
    }
    request.write_text(json.dumps(asked), encoding="utf-8")
    versions = in_process(peers, PEER_SCRIPTS / "equal_to_peers.py", request, answer)
    return json.loads(answer.read_text(encoding="utf-8")), versions


def columns_of_peer(mapping: Mapping, kind: str) -> dict[str, str]:
    """How PM4Py calls the columns of the roles that matter here."""
    if kind == "ocel":
        return {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}
    found = {role: mapping.column(role) for role in ("case", "activity", "time", "organisation")}
    prefix = {"event": "", "case": "case:" if kind == "xes" else ""}
    return {role: prefix[column.level] + column.name for role, column in found.items() if column is not None}


def of_log(ours: Figures, theirs: Figures, same: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows about PM4Py."""
    found = []
    for what, names in OF_PM4PY.items():
        if ours[names[0]] or theirs[names[0]]:
            found.append(row(what, [of_tables(ours[name], theirs[name]) for name in names], same))
    times = of_numbers(in_seconds(ours), in_seconds(theirs))
    return [*found, row("case durations, and their least, most, mean, median and sum (seconds)", [times], same)]


def in_seconds(found: Figures) -> Floats:
    """All durations, in order, and what sums them up."""
    taken = np.array(found["durations_us"])
    return np.array([*taken, taken.min(), taken.max(), taken.mean(), np.median(taken), taken.sum()]) / 1e6


def of_curves(raw: RawLog, mapping: Mapping, theirs: dict[str, Any], same: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows about lifelines, on a log in which some cases are still open."""
    with tempfile.TemporaryDirectory() as folder:
        log = prepare(raw, mapping, Path(folder) / "log")
        with Embedded(log) as engine:
            units: tuple[TimeUnit, ...] = ("days", "seconds")
            found = [
                row(f"Kaplan-Meier in {unit}, with its 95% band", of_curve(engine, unit, theirs), same)
                for unit in units
            ]
            return [
                *found,
                row("Aalen-Johansen in days, by last activity", of_endings(engine, theirs["endings"]), same),
            ]


def of_curve(engine: Embedded, unit: TimeUnit, theirs: dict[str, Any]) -> list[Compared]:
    """Number of open cases, times, survival and, where it is between nought and one, its band."""
    everyone = lead_times.compute(engine, unit=unit).everyone
    curve, peer = everyone.curve, np.array(theirs[unit]).T
    parts = [of_numbers([everyone.open_cases], [theirs["open"]]), of_numbers(curve.times, peer[0])]
    if parts[1].different:
        return parts
    inside = (curve.survival > 0) & (curve.survival < 1)
    bands = zip((curve.lower, curve.upper), peer[2:], strict=True)
    return [
        *parts,
        of_numbers(curve.survival, peer[1]),
        *(of_numbers(our[inside], their[inside]) for our, their in bands),
    ]


def of_endings(engine: Embedded, theirs: dict[str, Any]) -> list[Compared]:
    """The share of every ending at every time."""
    found = lead_times.compute_endings(engine, by="last_activity")
    ours = {name: found.incidence.share[place] for place, name in enumerate(found.values)}
    names = of_tables([[name, 1] for name in ours], [[name, 1] for name in theirs])
    both = [name for name in theirs if name in ours]
    return [names, *(of_numbers(ours[name], np.array(theirs[name])[:, 1]) for name in both)]


def of_tables(ours: list[list[Any]], theirs: list[list[Any]]) -> Compared:
    """Rows of which the last value is a number; what only one side has differs."""
    left, right = ({json.dumps(each[:-1]): each[-1] for each in rows} for rows in (ours, theirs))
    names = sorted(left.keys() | right.keys())
    return of_numbers([left.get(name, np.nan) for name in names], [right.get(name, np.nan) for name in names])


def of_numbers(ours: npt.ArrayLike, theirs: npt.ArrayLike) -> Compared:
    """Equal when they differ less than a millionth, and of large sums less than their floating point can tell."""
    left, right = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if len(left) != len(right):
        return Compared(max(len(left), len(right)), max(len(left), len(right)), np.inf)
    gap = np.abs(left - right)
    same = gap <= np.maximum(CLOSE, PRECISION * np.abs(right))
    return Compared(len(left), int((~same).sum()), float(gap.max(initial=0)))


def row(what: str, parts: list[Compared], same: dict[str, Any]) -> dict[str, Any]:
    """A row of the table."""
    different = sum(part.different for part in parts)
    largest = max(part.largest for part in parts)
    return {
        "work": f"{same['log']}: {what}",
        "what": what,
        **same,
        "compared": sum(part.figures for part in parts),
        "different": different,
        "largest_difference": largest if np.isfinite(largest) else None,
        "goal": "all equal",
        "met": not different,
    }


if __name__ == "__main__":
    main()
