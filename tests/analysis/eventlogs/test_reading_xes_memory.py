"""Reading takes memory for a few blocks, however long the log is; and a log is known by what is in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.analysis.eventlogs.reading_objects import HEAD, TWO_EVENTS, log_of
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.readers import sniffing
from zichtlijn.analysis.eventlogs.readers.sniffing import kind_of

READING = """
import resource, sys
from pathlib import Path
from zichtlijn.analysis.eventlogs.readers import xes
xes.BLOCK_BYTES = 2 << 20
path, folder, reader = Path(sys.argv[1]), Path(sys.argv[2]), getattr(xes, sys.argv[3])
log = xes.Reading(path, folder, "x", "").to_the_end(reader)
print(log.events, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak_mib(path: Path, folder: Path, reader: str) -> tuple[int, int]:
    """Events read and the most memory a process of its own took for it."""
    command = [sys.executable, "-c", READING, str(path), str(folder), reader]
    events, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(events), int(peak)


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    peaks = []
    for copies in (50_000, 250_000):
        path = tmp_path / f"{copies}.xes"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            for _number in range(copies // 1000):
                file.write(TWO_EVENTS * 1000)
            file.write("</log>")
        events, peak = peak_mib(path, tmp_path / f"raw-{copies}", "scanned")
        assert events == 2 * copies
        peaks.append(peak)
        path.unlink()
    assert peaks[1] < 1.25 * peaks[0], peaks


def test_one_endless_trace_is_read_in_parts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.analysis.eventlogs.readers import read_log, xes, xes_expat, xes_scanner

    monkeypatch.setattr(xes, "BLOCK_BYTES", 4096)
    monkeypatch.setattr(xes, "_is_small", lambda _path: False)
    monkeypatch.setattr(xes_scanner, "LARGEST_BLOCK", 16_384)
    monkeypatch.setattr(xes_expat, "ROWS_PER_PART", 100)
    monkeypatch.setattr(xes_expat.ExpatReader.__init__, "__kwdefaults__", {"rows_per_part": 100})
    path = tmp_path / "log.xes"
    path.write_text(log_of("<trace>" + "<event><int key='n' value='1'/></event>" * 1000 + "</trace>"), encoding="utf-8")
    log = read_log(path, tmp_path / "raw")
    assert (log.events, log.cases) == (1000, None)
    assert len(list(log.folder.glob("events-*.parquet"))) == 10


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (log_of(TWO_EVENTS).encode(), "a.txt", "xes"),
        (log_of(TWO_EVENTS).encode("utf-16"), "a", "xes"),
        (b"PAR1....", "a.csv", "parquet"),
        (b"PK\x03\x04....", "a", "workbook"),
        (b"SQLite format 3\x00....", "a.db", "ocel"),
        (b'\xef\xbb\xbf {"objectTypes": []}', "a.json", "ocel"),
        (b"<?xml version='1.0'?><log><object-types>", "a.xml", "ocel"),
        (b"case;activity\n1;start\n", "a.csv", "delimited"),
        (b"case;activity\n1;start\n", "a", "delimited"),
    ],
)
def test_a_log_is_known_by_its_content_first(content: bytes, name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert kind_of(path, name) == kind


def test_binary_content_of_no_known_kind_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"\x7fELF\x00\x00\x01" * 100)
    with pytest.raises(LogError) as caught:
        sniffing.kind_of(path, "log.csv")
    assert caught.value.code == "file-unknown"
