"""The agreed chain and the figures that an organisation states, held against the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Page, Run


def test_the_agreed_chain_and_what_is_stated_are_held_against_the_log(
    prepared: Path, made: Path, run: Run, tmp_path: Path
) -> None:
    stated = {"datum": "2023-12-31", "organisatie": "Rechtspraak", "wat": "stand", "waarde": "9.999"}
    (tmp_path / "stated.json").write_text(json.dumps([stated]), encoding="utf-8")
    given = ["--model", made / "model.json", "--statements", tmp_path / "stated.json"]
    code, out, _err = run("analyse", prepared, "--metric", "summary", "--json", *given)
    found = json.loads(out)
    assert code == 0
    assert found["figures"]["conformance"]["cases"] == 600
    assert [each["verdict"] for each in found["figures"]["self-monitoring"]["checked"]] == ["differs"]
    code, out, _err = run("analyse", prepared, "--metric", "summary", *given)
    assert "Of 0 statements that can be checked" in out  # the list of the log is too short to be told about
    code, out, _err = run("analyse", prepared, "--metric", "summary", "--minimum", "1", *given)
    assert "Of 1 statements that can be checked, 0 agree with the log." in out
    code, out, _err = run("report", prepared, "--output", tmp_path / "r.html", *given)
    assert code == 0
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert {"conformance", "self-monitoring"} <= set(page.ids)


@pytest.mark.parametrize("option", ["--model", "--statements"])
@pytest.mark.parametrize("content", [None, "{", "3", '[{"datum": "nooit"}]'])
def test_an_agreement_that_cannot_be_read_is_told(
    option: str, content: str | None, prepared: Path, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "given.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    code, out, err = run("analyse", prepared, option, path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
