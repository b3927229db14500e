"""``zichtlijn chain prepare``: what is prepared and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.supervision.sources.chain_command.writing import Run, names_in
from zichtlijn.analysis.eventlogs.prepared import Prepared


def test_a_prepared_log_holds_every_case(prepared: Path, made: Path) -> None:
    truth = json.loads((made / "truth.json").read_text(encoding="utf-8"))
    assert Prepared(prepared).manifest.cases == 600
    assert truth


def test_preparing_says_how_much_was_prepared(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run("prepare", file, tmp_path / "log", "--mapping", made / "mapping.json", "--buckets", 3)
    assert (code, err) == (0, "")
    assert "600 cases are prepared in" in out
    assert Prepared(tmp_path / "log").manifest.digest in out
    assert names_in(tmp_path) == ["log"]


def test_case_numbers_are_replaced_with_the_key_of_a_file(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key of more than sixteen bytes\n", encoding="utf-8")
    mapping = made / "mapping.json"
    code, _out, err = run(
        "prepare", file, tmp_path / "log", "--mapping", mapping, "--pseudonym-key-file", tmp_path / "key"
    )
    assert (code, err) == (0, "")
    assert Prepared(tmp_path / "log").manifest.pseudonymised


def test_activities_of_the_mapping_that_do_not_occur_are_told(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    mapping = json.loads((made / "mapping.json").read_text(encoding="utf-8"))
    mapping["end_activities"] = ["Never done"]
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    code, _out, err = run("prepare", file, tmp_path / "log", "--mapping", tmp_path / "mapping.json")
    assert code == 0
    assert err == "No event of the log is “Never done”, which the mapping names.\n"
