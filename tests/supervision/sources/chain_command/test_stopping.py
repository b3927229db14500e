"""A command that is stopped, or for which there is no room, leaves nothing and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.supervision.sources.chain_command.writing import Run, names_in
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.supervision.sources.chain_command import running


def test_stopping_leaves_nothing(file: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.analysis.eventlogs import report

    def stop(*_words: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "load_report", stop)
    code, _out, err = run("prepare", file, tmp_path / "log")
    assert code == 130
    assert "nothing was written" in err
    assert names_in(tmp_path) == []


def test_a_full_disk_is_told(prepared: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.supervision.sources.chain_command import report

    def full(*_words: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report.os, "fdopen", full)
    code, _out, err = run("report", prepared, "--output", tmp_path / "r.html")
    assert code == 1
    assert "No space left on device" in err
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    "error", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")]
)
def test_stopping_during_a_query_is_stopping(
    error: Exception, prepared: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_words: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(Embedded, "run", stop)
    monkeypatch.setattr("zichtlijn.supervision.sources.chain_command.analyse.compute", stop)
    code, out, err = run("analyse", prepared)
    assert (code, out) == (130, "")
    assert err == "Stopped; nothing was written.\n"


def test_another_error_of_a_program_is_not_taken_for_stopping(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: Any, **_more: Any) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr("zichtlijn.supervision.sources.chain_command.analyse.compute", fail)
    with pytest.raises(RuntimeError, match="something else"):
        running.main(["analyse", str(prepared)])
