"""What a preparation that was killed leaves behind is cleared by the next one in that place, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.analysis.eventlogs.small_events import MAPPING, YEAR_2024, Event, written
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepare.new_folder import MARK, clear_leftovers, new_folder

TWO_DAYS_AGO = time.time() - 2 * 24 * 60 * 60
KILLED = """
import sys, time
from pathlib import Path
from zichtlijn.analysis.eventlogs.prepare.new_folder import new_folder
with new_folder(Path(sys.argv[1])) as temporary:
    (temporary / "events").mkdir()
    (temporary / "events" / "00000.parquet").write_bytes(b"half")
    print(temporary, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def leftover(tmp_path: Path) -> Path:
    """The temporary folder of a process that was killed half-way."""
    order = [sys.executable, "-c", KILLED, str(tmp_path / "log")]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        path = Path(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
    assert path.is_dir()
    return path


def made_old(path: Path) -> Path:
    """As if it was begun two days ago."""
    os.utime(path / MARK, (TWO_DAYS_AGO, TWO_DAYS_AGO))
    return path


def test_the_next_preparation_clears_an_old_one_that_was_killed(leftover: Path, tmp_path: Path) -> None:
    made_old(leftover)
    prepare(written(tmp_path / "raw", [Event(0, "1", "a", YEAR_2024)]), MAPPING, tmp_path / "other")
    assert {path.name for path in tmp_path.iterdir()} == {"raw", "other"}


def test_one_of_today_stays(leftover: Path, tmp_path: Path) -> None:
    assert clear_leftovers(tmp_path) == []
    assert (leftover / "events" / "00000.parquet").exists()


def test_one_that_is_still_running_stays_however_long_it_takes(tmp_path: Path) -> None:
    with new_folder(tmp_path / "slow") as temporary:
        made_old(temporary)
        with new_folder(tmp_path / "quick"):
            pass
        assert temporary.is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {"slow", "quick"}


@pytest.mark.parametrize("name", [".other.tool", f".log.{'0' * 32}", "log", f"log.{'0' * 32}"])
def test_a_folder_that_is_not_ours_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    os.utime(tmp_path / name, (TWO_DAYS_AGO, TWO_DAYS_AGO))
    assert clear_leftovers(tmp_path) == []
    assert (tmp_path / name).is_dir()


def test_a_link_to_a_leftover_elsewhere_is_not_followed(leftover: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / leftover.name).symlink_to(made_old(leftover))
    assert clear_leftovers(place) == []
    assert leftover.is_dir()


def test_no_mark_is_left_in_a_folder_that_is_whole(tmp_path: Path) -> None:
    with new_folder(tmp_path / "log") as temporary:
        (temporary / ".spilled").mkdir()
        (temporary / "manifest.json").write_text("{}")
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["manifest.json"]
