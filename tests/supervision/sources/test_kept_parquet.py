"""A Parquet file that stays as it is gives the same columns, and the same pseudonyms, as one that is written anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.raw_tables import events_sql
from zichtlijn.analysis.eventlogs.readers import parquet
from zichtlijn.supervision.sources.dataset_columns import columns_of, sample_of, values_of
from zichtlijn.supervision.sources.pseudonymising import pseudonymise_into

MAPPING = Mapping({"case": Column("zaak"), "activity": Column("wat"), "time": Column("op")}, required=(Column("deel"),))
KEY = "een sleutel die lang genoeg is om te gebruiken"
LOG = {
    "naam": ["Jan", "Piet", "Klaas"] * 4,
    "zaak": pa.array([1, 1, 2] * 4, pa.int32()),
    "wat": pa.array(["begin", "einde", " "] * 4).dictionary_encode(),
    "op": pa.array(range(1_700_000_000_000_000_999, 1_700_000_012_000_000_999, 10**9), pa.timestamp("ns")),
    "deel": pa.array([0.1, None, 2.0] * 4, pa.float32()),
}


@pytest.fixture
def logs(tmp_path: Path) -> tuple[RawLog, RawLog]:
    """The same events: kept as they are, and written anew for a last column that cannot stay."""
    made = []
    for name, more in (("kept", {}), ("anew", {"veel": pa.array(range(12), pa.uint64())})):
        path = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table({**LOG, **more}), path, row_group_size=5)
        made.append(parquet.read(path, tmp_path / name, filename="log.parquet", sha256="0" * 64))
    kept, anew = made
    assert (kept.numbered_by_place, anew.numbered_by_place) == (True, False)
    return kept, anew


def rows(raw: RawLog) -> list[Any]:
    with duckdb.connect() as connection:
        return connection.execute(f'SELECT * FROM {events_sql(raw)} ORDER BY ".sequence"').fetchall()


def test_the_sample_and_the_values_are_the_same(logs: tuple[RawLog, RawLog]) -> None:
    kept, anew = logs
    columns = list(columns_of(kept).values())
    assert columns == list(columns_of(anew).values())[:-1]
    shown, expected = sample_of(kept, columns), sample_of(anew, columns)
    assert shown.rows == [row[:-1] for row in expected.rows]
    assert shown.rows[0] == ["Jan", "1", "begin", "2023-11-14 22:13:20", "0.10000000149011612"]
    for column in columns:
        assert values_of(kept, column) == values_of(anew, column)


def test_pseudonyms_are_the_same_and_other_columns_are_gone(logs: tuple[RawLog, RawLog], tmp_path: Path) -> None:
    written = [pseudonymise_into(raw, MAPPING, tmp_path / f"new {place}", KEY) for place, raw in enumerate(logs)]
    assert rows(written[0]) == rows(written[1])
    assert [row[:2] for row in rows(written[0])] == [(place, place + 1) for place in range(12)]
    for raw in written:
        assert not raw.numbered_by_place
        assert set(raw.event_columns) == {"zaak", "wat", "op", "deel"}
        assert all("naam" not in pq.read_schema(part).names for part in raw.event_parts())
