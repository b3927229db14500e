"""``zichtlijn chain generate``: the same log for the same seed, and nothing over what is there."""

from __future__ import annotations

from pathlib import Path

from tests.supervision.sources.chain_command.writing import Run, names_in


def test_a_generated_log_is_the_same_for_the_same_seed(made: Path, file: Path, run: Run, tmp_path: Path) -> None:
    for seed in (3, 4):
        run("generate", "youth-protection", "--cases", 600, "--seed", seed, "--output", tmp_path / str(seed))
    first, other = (tmp_path / seed / file.name for seed in ("3", "4"))
    assert first.read_bytes() == file.read_bytes()
    assert other.read_bytes() != file.read_bytes()
    assert names_in(made) == ["mapping.json", "model.json", "truth.json", "youth-protection.parquet"]


def test_an_unknown_chain_is_refused(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("generate", "football", "--output", tmp_path / "x")
    assert code == 1
    assert "football" in err
    assert names_in(tmp_path) == []
