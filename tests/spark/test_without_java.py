"""A machine with pyspark but without Java is told so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_missing_java_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="Apache Spark is not in this environment: make test-spark")
    code = (
        "from zichtlijn.analysis.eventlogs.spark_session import spark_session\n"
        "try:\n    spark_session()\nexcept Exception as error:\n    print(error.code)\n"
    )
    empty = {"PATH": str(tmp_path), "PYTHONPATH": "src"}
    told = subprocess.run([sys.executable, "-c", code], env=empty, check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "java-missing"
