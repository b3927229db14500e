"""A generated file that is read and prepared like any other gives the same prepared log as the raw log at once."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from zichtlijn.analysis.chains.generation import CHAINS, Format, generate
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import TABLES
from zichtlijn.analysis.eventlogs.readers import read_log


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("file_format", ["csv", "parquet", "xes"])
def test_a_file_that_is_read_gives_the_same_prepared_log(tmp_path: Path, chain: str, file_format: Format) -> None:
    at_once = generate(chain, cases=150, seed=9, folder=tmp_path / "once")
    made = generate(chain, cases=150, seed=9, folder=tmp_path / "file", format=file_format)
    assert at_once.raw is not None
    read = read_log(made.path, tmp_path / "read")
    expected = prepare(at_once.raw, at_once.mapping, tmp_path / "expected")
    found = prepare(read, made.mapping, tmp_path / "found")
    assert found.manifest.events == expected.manifest.events == made.truth["events"]
    for table in TABLES:
        assert _rows(found.glob(table)) == _rows(expected.glob(table))


def _rows(pattern: str) -> list[tuple[object, ...]]:
    columns = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{pattern}'").fetchall()]
    # Columns with a dot are of the preparation: they say which file an event came from.
    named = ", ".join(f'"{name}"' for name in columns if not name.startswith("."))
    return duckdb.sql(f"SELECT {named} FROM '{pattern}' ORDER BY ALL").fetchall()
