"""``zichtlijn chain analyse`` of a file that was not prepared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Run, names_in

FIGURES = ("directly-follows", "hand-overs", "variants", "durations", "rework", "throughput", "lead-times")


def test_a_first_look_gives_the_figures_of_the_prepared_log(made: Path, file: Path, prepared: Path, run: Run) -> None:
    before = names_in(made)
    code, out, _err = run("analyse", file, "--mapping", made / "mapping.json", "--json")
    assert code == 0
    looked = json.loads(out)["figures"]
    assert set(looked) == set(FIGURES)
    asked = [word for name in FIGURES for word in ("--metric", name)]
    assert json.loads(run("analyse", prepared, *asked, "--json")[1])["figures"] == looked
    assert names_in(made) == before


def test_a_first_look_takes_a_selection(made: Path, file: Path, prepared: Path, run: Run) -> None:
    words = ("--metric", "rework", "--region", "Twente", "--json")
    looked = json.loads(run("analyse", file, "--mapping", made / "mapping.json", *words)[1])
    assert looked["figures"] == json.loads(run("analyse", prepared, *words)[1])["figures"]


def test_a_first_look_without_a_mapping_goes_by_what_is_proposed(file: Path, run: Run) -> None:
    code, out, _err = run("analyse", file, "--metric", "rework")
    assert code == 0
    assert out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--metric", "waiting-lists"], "waiting-lists needs a prepared log"),
        (["--metric", "happiness"], "There is no figure happiness"),
        (["--engine", "spark"], "the file must be prepared first"),
        (["--region", "Atlantis"], "Atlantis does not occur in this log."),
    ],
)
def test_what_a_first_look_cannot_give_is_told(words: list[str], said: str, made: Path, file: Path, run: Run) -> None:
    code, out, err = run("analyse", file, "--mapping", made / "mapping.json", *words)
    assert (code, out) == (1, "")
    assert said in err


def test_the_meaning_of_columns_is_not_asked_again(made: Path, prepared: Path, run: Run) -> None:
    code, _out, err = run("analyse", prepared, "--mapping", made / "mapping.json")
    assert code == 1
    assert "was said when this log was prepared" in err


def test_a_file_that_is_no_log_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "photo.parquet").write_bytes(b"PAR1 nothing")
    code, out, err = run("analyse", tmp_path / "photo.parquet")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
