"""Apache Spark is not there unless it was asked for, and that is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.analysis.eventlogs.small_events import MAPPING, YEAR_2024, Event, written
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.spark_session import spark_session


def test_a_missing_spark_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(LogError) as caught:
        spark_session()
    assert caught.value.code == "spark-missing"
    with pytest.raises(LogError):
        prepare(written(tmp_path / "raw", [Event(0, "1", "a", YEAR_2024)]), MAPPING, tmp_path / "log", engine="spark")
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_spark_is_not_loaded_unless_asked_for() -> None:
    code = (
        "import sys; import zichtlijn.analysis.eventlogs.prepare, zichtlijn.analysis.chains.engines.spark; "
        "sys.exit('pyspark' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"})
