"""How fast XES is read, against rustxes, the reader in Rust that PM4Py uses when speed is asked for.

    python benchmarks/xes_speed.py --shared FOLDER [--runs 5] [--peers PYTHON]

Both read the whole file with all attributes; rustxes into a table in memory, we into a raw log on disk. The values of
all columns that both have are compared, row by row. Results: ``benchmarks/results/xes_speed.json``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from measuring import NOTE, PEER_SCRIPTS, PEERS, in_process, needs_peers, row, tell, timed, write_results

from zichtlijn.analysis.eventlogs.raw import RawLog

WIDE, GOAL = "BPI2020_PermitLog.xes.gz", 5.0


def main() -> None:
    """Measure every XES log there is; the goal is about the wide one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="folder with the shared inputs")
    parser.add_argument("--peers", type=Path, default=PEERS, help="the Python of the peers")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--ours", nargs=2, type=Path, metavar=("LOG", "FOLDER"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.ours:
        read_ours(*wanted.ours, wanted.runs)
        return
    needs_peers(wanted.peers)
    logs = sorted((wanted.shared / "logs").glob("*.xes.gz"))
    write_results("xes_speed", [measured(path, wanted) for path in logs])


def read_ours(path: Path, folder: Path, runs: int) -> None:
    """Our side, in a process of its own."""
    from zichtlijn.analysis.eventlogs.readers import read_log, xes_scanner  # noqa: F401 - compiled code is imported

    def read() -> Any:
        shutil.rmtree(folder, ignore_errors=True)
        return read_log(path, folder)

    start = time.perf_counter()
    read()
    first = time.perf_counter() - start
    seconds, log = timed(read, runs)
    tell(seconds=seconds, first_s=first, events=log.events, columns=len(log.event_columns) + len(log.case_columns))


def measured(path: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    """One log, read by both sides in turn."""
    with tempfile.TemporaryDirectory() as scratch:
        raw, theirs = Path(scratch) / "raw", Path(scratch) / "peer.parquet"
        ours = in_process(sys.executable, Path(__file__), "--ours", path, raw, "--runs", wanted.runs)
        peer = in_process(wanted.peers, PEER_SCRIPTS / "read_xes.py", path, theirs, wanted.runs)
        compared = compare(raw, theirs)
    if ours["events"] != peer["events"]:
        sys.exit(f"{path.name}: {ours['events']} events, and {peer['events']} by the peer")
    ratio, is_wide = peer["seconds"] / ours["seconds"], path.name == WIDE
    return row(
        f"{path.name}: {ours['events']} events, {ours['columns']} columns",
        peer="rustxes",
        peer_version=peer["version"],
        ours_s=ours["seconds"],
        peer_s=peer["seconds"],
        goal=f"at least {GOAL:g} times as fast" if is_wide else "none",
        met=ratio >= GOAL or not is_wide,
        peak_mib=ours["peak_mib"],
        peer_peak_mib=peer["peak_mib"],
        note=f"{NOTE}; {compared} columns compared and equal; we also write the raw log as Parquet; "
        f"our first read in a process took {ours['first_s']:.2f} s, of which most is loading the compiled code",
    )


def compare(raw: Path, theirs: Path) -> int:
    """The number of columns that both have; stops when a value differs.

    The peer fills in the values of globals where an attribute is not there; for the comparison so do we.
    """
    peer, log = pq.read_table(theirs), RawLog.open(raw)
    scopes = log.details["globals"]
    events, cases = whole(raw, "events"), whole(raw, "cases")
    columns = {name: filled(events[name], name, scopes.get("event", ())) for name in events.column_names}
    for name in cases.column_names:
        columns[f"case:{name}"] = filled(cases[name], name, scopes.get("trace", ())).take(events[".trace"])
    shared = [name for name in peer.column_names if name in columns]
    for name in shared:
        if not same(columns[name], peer[name]):
            sys.exit(f"{name}: not the same values")
    return len(shared)


def whole(raw: Path, part: str) -> pa.Table:
    """All parts together."""
    return pa.concat_tables(
        [pq.read_table(path) for path in sorted(raw.glob(f"{part}-*.parquet"))], promote_options="default"
    )


def filled(column: pa.ChunkedArray, name: str, defaults: Any) -> pa.ChunkedArray:
    """With the value of the global that has this name, if there is one."""
    found = next((each["value"] for each in defaults if each["key"] == name), None)
    if found is None:
        return column
    if pa.types.is_timestamp(column.type):
        return pc.fill_null(column, pa.scalar(datetime.fromisoformat(found), column.type))
    return pc.fill_null(column, pa.scalar(found).cast(column.type))


def same(ours: pa.ChunkedArray, theirs: pa.ChunkedArray) -> bool:
    """Times to the microsecond in UTC; anything else as text where the types differ."""
    if pa.types.is_timestamp(ours.type):
        ours, theirs = ours.cast(pa.timestamp("us")), theirs.cast(pa.timestamp("us"), safe=False)
    elif ours.type != theirs.type:
        ours, theirs = ours.cast(pa.string()), theirs.cast(pa.string())
    return bool(ours.combine_chunks().equals(theirs.combine_chunks()))


if __name__ == "__main__":
    main()
