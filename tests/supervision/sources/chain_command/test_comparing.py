"""``zichtlijn chain compare``: what stands out in one log, looked up in others."""

from __future__ import annotations

import json
from pathlib import Path

from tests.supervision.sources.chain_command.writing import Run


def test_what_stands_out_is_looked_up_in_the_other_logs(
    prepared: Path, file: Path, made: Path, run: Run, tmp_path: Path
) -> None:
    mapping = made / "mapping.json"
    assert run("prepare", file, tmp_path / "other", "--mapping", mapping, "--cut-off", "2022-06-30")[0] == 0
    code, out, _err = run("compare", prepared, tmp_path / "other", "--json")
    found = json.loads(out)
    assert code == 0
    assert [log["name"] for log in found["logs"]] == ["youth-protection.parquet", "youth-protection.parquet (2)"]
    for pairs in found["parallels"].values():
        assert all(each["similarity"] <= 1 for each in pairs)


def test_one_log_cannot_be_compared(prepared: Path, run: Run) -> None:
    code, _out, err = run("compare", prepared)
    assert code == 1
    assert "at least two" in err


def test_a_log_is_not_compared_with_itself(prepared: Path, run: Run) -> None:
    code, out, err = run("compare", prepared, prepared)
    assert (code, out) == (1, "")
    assert err == "The same log is given twice; give logs that differ.\n"
