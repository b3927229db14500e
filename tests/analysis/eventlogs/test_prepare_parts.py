"""Rows come straight from Parquet or through the database, and wait in memory or in files: the log is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.eventlogs.small_events import FULL, Events, random_events, written
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare import coding, prepare, preparing, typed_parts
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import SortedRows
from zichtlijn.analysis.eventlogs.prepare.typed_parts import TypedPart
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql


def by_database(raw: RawLog, mapping: Mapping) -> Iterator[TypedPart]:
    return typed_parts._by_database(typed_rows_sql(raw, mapping), mapping)


def in_parts(events: Events, number: int) -> list[Events]:
    return [events[place::number] for place in range(number)]


def files_of(log: Prepared) -> dict[str, bytes]:
    return {str(path.relative_to(log.folder)): path.read_bytes() for path in log.folder.rglob("*.parquet")}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam", "Etc/GMT-3"])
@pytest.mark.parametrize("seed", [1, 2])
def test_straight_and_through_the_database_give_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, seed: int
) -> None:
    raw = written(tmp_path / "raw", *in_parts(random_events(seed), 2), zone=None if seed == 1 else "UTC")
    mapping = replace(FULL, time_zone=zone)
    straight = prepare(raw, mapping, tmp_path / "straight", buckets=3)
    assert typed_parts._is_typed(raw, mapping)
    monkeypatch.setattr(preparing, "typed_parts", by_database)
    assert files_of(prepare(raw, mapping, tmp_path / "database", buckets=3)) == files_of(straight)


def test_rows_in_files_give_what_rows_in_memory_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = written(tmp_path / "raw", *in_parts(random_events(3), 4))
    in_memory = prepare(raw, FULL, tmp_path / "memory", buckets=5)
    monkeypatch.setattr(coding, "_ROWS_IN_MEMORY", 10)
    in_files = prepare(raw, FULL, tmp_path / "files", buckets=5)
    assert files_of(in_files) == files_of(in_memory)
    assert not [path for path in in_files.folder.iterdir() if path.name.startswith(".")]


def test_texts_among_the_required_and_times_as_numbers_are_left_to_the_database(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", random_events(4, 20))
    assert typed_parts._is_typed(raw, FULL)
    assert not typed_parts._is_typed(raw, replace(FULL, required=(Column(".line"),)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=120))
def test_rows_are_put_in_order_of_case_time_sequence_and_source(rows: list[tuple[int, int, int, int]]) -> None:
    names = ("case_no", "at_us", "sequence", "source")
    columns = dict(zip(names, (np.array(values) for values in zip(*rows, strict=True)), strict=True))
    found = SortedRows.of(columns, None).columns
    assert list(zip(*(found[name].tolist() for name in names), strict=True)) == sorted(rows)


def test_a_case_of_many_events_backwards_is_put_in_order() -> None:
    many = 5_000
    columns = {"case_no": np.zeros(many, np.int64), "at_us": np.arange(many)[::-1], "sequence": np.arange(many)}
    assert SortedRows.of(columns, None).columns["at_us"].tolist() == list(range(many))


def test_no_row_is_lost_or_doubled_between_the_parts(tmp_path: Path) -> None:
    events: Events = random_events(5)
    raw = written(tmp_path / "raw", *in_parts(events, 7))
    sequences = [part.sequence for part in typed_parts.typed_parts(raw, FULL)]
    counting = sorted(each.sequence for each in events if each.counts and each.case and each.case.strip(" "))
    assert sorted(np.concatenate(sequences).tolist()) == counting
