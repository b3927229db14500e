"""What the commands refuse, in words and with nothing left behind."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.supervision.sources.chain_command.writing import Run, names_in


def broken(folder: Path) -> dict[str, list[Any]]:
    """Bad input by name: the words of the command, and last what it says."""
    (folder / "empty.csv").write_bytes(b"")
    (folder / "broken.xes.gz").write_bytes(gzip.compress(b"<log><trace>")[:-4])
    (folder / "text.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "not.json").write_text("{", encoding="utf-8")
    (folder / "list.json").write_text("[]", encoding="utf-8")
    (folder / "role.json").write_text('{"roles": {"king": "x"}}', encoding="utf-8")
    (folder / "few.json").write_text('{"roles": {"case": "zaaknummer"}}', encoding="utf-8")
    (folder / "odd.json").write_text('{"roles": 3}', encoding="utf-8")
    (folder / "other.json").write_text(
        '{"roles": {"case": "nothing", "activity": "activiteit", "time": "tijdstip"}}', encoding="utf-8"
    )
    (folder / "key").write_text("short", encoding="utf-8")
    (folder / "folder").mkdir()
    return {
        "no file": ["FILE:nothing.csv", "There is no file"],
        "an empty file": ["FILE:empty.csv", ""],
        "a broken file": ["FILE:broken.xes.gz", ""],
        "a file of no kind": ["FILE:text.bin", ""],
        "a folder without a log": ["FILE:folder", "is a folder"],
        "a mapping that is not there": ["--mapping", "FILE:nothing.json", "There is no file"],
        "a mapping that is no JSON": ["--mapping", "FILE:not.json", "is not a JSON file"],
        "a mapping that is a list": ["--mapping", "FILE:list.json", "holds no mapping"],
        "a mapping of another shape": ["--mapping", "FILE:odd.json", "roles should give a column for each role"],
        "a role that does not exist": ["--mapping", "FILE:role.json", "There is no role king"],
        "a role without a column": ["--mapping", "FILE:few.json", "No column is chosen for: activity, time"],
        "a column that does not exist": ["--mapping", "FILE:other.json", "nothing"],
        "a key that is too short": ["--pseudonym-key-file", "FILE:key", "too short"],
        "a key that is not there": ["--pseudonym-key-file", "FILE:nothing", "There is no file"],
    }


BROKEN = ["no file", "an empty file", "a broken file", "a file of no kind", "a folder without a log",
          "a mapping that is not there", "a mapping that is no JSON", "a mapping that is a list",
          "a mapping of another shape", "a role that does not exist", "a role without a column",
          "a column that does not exist", "a key that is too short", "a key that is not there"]  # fmt: skip


@pytest.mark.parametrize("command", ["report", "prepare"])
@pytest.mark.parametrize("name", BROKEN)
def test_bad_input_is_told_and_nothing_is_left(command: str, name: str, file: Path, run: Run, tmp_path: Path) -> None:
    inputs, outputs = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    outputs.mkdir()
    *words, said = broken(inputs)[name]
    words = [str(inputs / word[5:]) if word.startswith("FILE:") else word for word in words]
    given = [] if words[0].startswith("/") else [str(file)]
    target = ["--output", outputs / "r.html"] if command == "report" else [outputs / "log"]
    order = [*given, *words, *target] if command == "report" else [*given, *words[:1], *target, *words[1:]]
    if command == "prepare" and given:
        order = [*given, *target, *words]
    code, out, err = run(command, *order)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert names_in(outputs) == []


@pytest.mark.parametrize("command", ["analyse", "report"])
def test_a_folder_of_another_version_is_refused(command: str, prepared: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    manifest = json.loads((prepared / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "old/manifest.json").write_text(json.dumps({**manifest, "format": 0}), encoding="utf-8")
    code, _out, err = run(command, tmp_path / "old")
    assert code == 1
    assert "was prepared by another version" in err


def test_a_folder_that_is_not_there_or_no_log_is_refused(run: Run, tmp_path: Path) -> None:
    assert "There is no folder" in run("analyse", tmp_path / "nothing")[2]
    assert "is not a prepared log" in run("analyse", tmp_path)[2]
    assert "is not a prepared log" in run("compare", tmp_path, tmp_path)[2]


@pytest.mark.parametrize("command", ["prepare", "generate"])
def test_what_exists_is_not_written_over(command: str, file: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    words = [file, tmp_path / "there"] if command == "prepare" else ["asylum", "--output", tmp_path / "there"]
    code, _out, err = run(command, *words)
    assert code == 1
    assert "exists already" in err
    assert names_in(tmp_path / "there") == []


@pytest.mark.parametrize("command", ["prepare", "generate", "report"])
def test_a_place_that_does_not_exist_is_said_before_the_work(
    command: str, file: Path, run: Run, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no" / "where"
    words = {
        "prepare": [file, nowhere],
        "generate": ["asylum", "--output", nowhere],
        "report": [file, "--output", nowhere],
    }
    code, _out, err = run(command, *words[command])
    assert code == 1
    assert "There is no folder" in err
