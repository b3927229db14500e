"""Runs in the environment of the peers: read a XES log with rustxes, as PM4Py does, and write it as Parquet."""

import gc
import json
import statistics
import sys
import time
from importlib.metadata import version

import rustxes


def main() -> None:
    """Path of the log, where to write the Parquet file, and how many runs."""
    path, target, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    frame, seconds = rustxes.import_xes(path)[0], []
    for _number in range(runs):
        del frame
        gc.collect()
        start = time.perf_counter()
        frame = rustxes.import_xes(path)[0]
        seconds.append(time.perf_counter() - start)
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - nothing else of this file is needed
        peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024
    frame.write_parquet(target)
    found = {"seconds": statistics.median(seconds), "events": len(frame), "version": version("rustxes")}
    print(json.dumps({**found, "peak_mib": peak}))


if __name__ == "__main__":
    main()
