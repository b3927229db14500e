"""What is compiled beforehand is all that a first dataset needs, whatever log it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LOOK = """
import sys
from pathlib import Path
from numba.core.registry import CPUDispatcher
from zichtlijn.supervision.sources import chain_figures, warming
from zichtlijn.analysis.chains.selection import EVERYTHING
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.readers import read_log

def compiled():
    return {
        (name, own, str(signature))
        for name, module in sys.modules.copy().items() if name.startswith("zichtlijn.")
        for own, each in vars(module).copy().items() if isinstance(each, CPUDispatcher)
        for signature in each.signatures
    }

warming.warm()
before = compiled()
assert before, "nothing was compiled"
raw = read_log(Path(sys.argv[1]), Path(sys.argv[2]) / "raw")
log = prepare(raw, propose_mapping(raw).mapping, Path(sys.argv[2]) / "log")
for name in chain_figures.METRICS:
    if not chain_figures.missing(name, log):
        chain_figures.compute(name, log, EVERYTHING)
print(*sorted(compiled() - before), sep="\\n")
"""


@pytest.mark.slow
@pytest.mark.needs_shared
@pytest.mark.parametrize("name", ["BPI2020_PermitLog.xes.gz", "traffic_fines_full.parquet"])
def test_nothing_is_left_to_compile_for_a_real_log(name: str, shared: Path, tmp_path: Path) -> None:
    order = [sys.executable, "-c", LOOK, str(shared / "logs" / name), str(tmp_path)]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_stopped_half_way_it_leaves_nothing(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "zichtlijn.supervision.sources.warming"]
    with subprocess.Popen(order, env={**os.environ, "TMPDIR": str(tmp_path)}) as process:
        until = time.monotonic() + 60
        # Only its own folder counts: Python tries a temporary folder with a file that is gone at once.
        while not list(tmp_path.glob("zichtlijn-*")) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        assert process.poll() is None
        assert len(list(tmp_path.glob("zichtlijn-*"))) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert list(tmp_path.iterdir()) == []
