"""``zichtlijn chain analyse``: figures for people and for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Run
from zichtlijn.analysis.eventlogs.prepared import Prepared


def test_a_figure_is_written_for_people(prepared: Path, run: Run) -> None:
    code, out, _err = run("analyse", prepared, "--metric", "summary")
    assert code == 0
    assert re.search(r"Cases +600\n", out)


def test_figures_are_written_for_programs(prepared: Path, run: Run) -> None:
    code, out, _err = run("analyse", prepared, "--metric", "summary", "--metric", "rework", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["digest"] == Prepared(prepared).manifest.digest
    assert found["figures"]["summary"]["cases"] == 600
    assert set(found["definitions"]) == {"summary", "rework"}


def test_without_a_name_every_possible_figure_is_computed(prepared: Path, run: Run) -> None:
    _code, out, _err = run("analyse", prepared, "--json")
    assert {"summary", "hand-overs", "waiting-lists", "equality", "terms"} <= set(json.loads(out)["figures"])


def test_a_selection_leaves_cases_out(prepared: Path, run: Run) -> None:
    def cases(*words: str) -> int:
        found: int = json.loads(run("analyse", prepared, "--metric", "summary", "--json", *words)[1])["figures"][
            "summary"
        ]["cases"]
        return found

    regions = Prepared(prepared).values("region")
    assert cases() == 600
    assert sum(cases("--region", region) for region in regions) == 600
    assert cases("--until", "2021-12-31") + cases("--from", "2022-01-01") == 600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--region", "Atlantis"], "Atlantis does not occur in this log."),
        (["--organisation", "Nobody"], "Nobody does not occur in this log."),
        (["--from", "2022-01-02", "--until", "2022-01-01"], "The period ends before it begins."),
        (["--metric", "happiness"], "There is no figure happiness; choose from summary"),
    ],
)
def test_what_the_log_does_not_have_is_told(words: list[str], said: str, prepared: Path, run: Run) -> None:
    code, out, err = run("analyse", prepared, *words)
    assert (code, out) == (1, "")
    assert said in err


def test_a_figure_that_a_log_does_not_allow_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(
        "case;activity;timestamp\n"
        + "".join(f"{i};{step};2031-01-{i:02d}T0{step}:00\n" for i in range(1, 10) for step in (1, 2)),
        encoding="utf-8",
    )
    assert run("prepare", tmp_path / "log.csv", tmp_path / "log")[0] == 0
    code, _out, err = run("analyse", tmp_path / "log", "--metric", "hand-overs")
    assert code == 1
    assert err == "The registration does not say which organisation did what.\n"
    assert run("analyse", tmp_path / "log")[0] == 0
