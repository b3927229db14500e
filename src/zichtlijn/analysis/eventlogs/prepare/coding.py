"""Typed parts to rows of numbers, spread over buckets by case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare.bucket_store import KEYS, BucketStore
from zichtlijn.analysis.eventlogs.prepare.case_numbers import number_sql
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.row_loops import by_bucket, mark
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import Codes, Longs
from zichtlijn.analysis.eventlogs.prepare.typed_parts import Texts, TypedPart, roles_of
from zichtlijn.analysis.eventlogs.prepared import MOST_VALUES, Dimension
from zichtlijn.analysis.eventlogs.pseudonyms import check_key, pseudonyms
from zichtlijn.analysis.eventlogs.raw import RawLog

# Of more rows the buckets are kept in files, so that memory does not grow with the log.
_ROWS_IN_MEMORY = 2_000_000


class Coder:
    """Codes for texts, in the order in which they come."""

    def __init__(self) -> None:
        self.values: dict[Dimension, dict[str, int]] = {}

    def codes(self, dimension: Dimension, texts: Texts) -> Codes:
        """Of every row. Raises LogError when a dimension has more values than a code can tell apart."""
        known = self.values.setdefault(dimension, {})
        used = _used(texts)
        code_of = np.full(len(texts.values) + 1, -1, np.int16)
        for place, value in zip(used.tolist(), texts.values.take(pa.array(used)).to_pylist(), strict=True):
            code = known.setdefault(value, len(known))
            if code >= MOST_VALUES:
                raise refusal("too-many-values", dimension=dimension, most=MOST_VALUES)
            code_of[place] = code
        return code_of[texts.places]


@dataclass(frozen=True)
class NumberedPart:
    """The rows of a part that are not too late, of each the number of its case; ``keys``: a table of ``KEYS`` of the
    cases that occur; ``rows_read``: how many the part had."""

    part: TypedPart
    case_no: Longs
    keys: pa.Table
    rows_read: int


def numbered(
    parts: Iterator[TypedPart], until_us: int | None, pseudonym_key: bytes | None = None
) -> Iterator[NumberedPart]:
    """The next part is read and numbered while one is being worked on. With a key, cases are called by pseudonyms.

    Raises LogError for a short key.
    """
    if pseudonym_key is not None:
        check_key(pseudonym_key)
    with duckdb.connect() as database, ThreadPoolExecutor(1) as pool:
        found = (_numbered(part, until_us, pseudonym_key, database) for part in parts)
        coming = pool.submit(next, found, None)
        while (one := coming.result()) is not None:
            coming = pool.submit(next, found, None)
            yield one


def _numbered(
    part: TypedPart, until_us: int | None, pseudonym_key: bytes | None, database: duckdb.DuckDBPyConnection
) -> NumberedPart:
    chosen = part if until_us is None else part.where(part.numbers["at_us"] <= until_us)
    used = _used(chosen.case)
    called = chosen.case.values.take(pa.array(used))
    if pseudonym_key is not None:
        called = pseudonyms(called, pseudonym_key)
    database.register("called", pa.table({"called": called}))
    made = database.sql(f"SELECT {number_sql('called')} AS number FROM called").to_arrow_table()  # noqa: S608
    database.unregister("called")
    number_of = np.empty(len(chosen.case.values), np.int64)
    number_of[used] = made["number"].to_numpy()
    keys = pa.table([made["number"], called], schema=KEYS)
    return NumberedPart(chosen, number_of[chosen.case.places], keys, len(part.sequence))


def _used(texts: Texts) -> NDArray[np.int64]:
    """The places that occur."""
    found = np.zeros(len(texts.values) + 1, np.bool_)
    mark(texts.places, found)
    return np.flatnonzero(found[:-1])


class Spreading:
    """Spreads the rows of one file over buckets in ``store``; ``left_out``: how many were too late."""

    def __init__(self, raw: RawLog, mapping: Mapping, folder: Path, buckets: int) -> None:
        self.store = BucketStore(folder / ".spread" if raw.events > _ROWS_IN_MEMORY else None)
        self.coder, self.left_out = Coder(), 0
        self.dimensions, self.times = roles_of(mapping)
        self.dtype = _dtype(self.dimensions, self.times, with_filled=bool(mapping.required))
        self._buckets = buckets

    def take(self, parts: Iterator[NumberedPart], progress: Callable[[int], None]) -> None:
        """All parts; ``progress`` hears how many rows were read. Raises LogError as ``Coder`` does."""
        rows_read = 0
        for numbered_part in parts:
            rows_read += numbered_part.rows_read
            self.left_out += numbered_part.rows_read - len(numbered_part.case_no)
            if len(numbered_part.case_no):
                self._spread(numbered_part.part, numbered_part.case_no, numbered_part.keys)
            progress(rows_read)

    def _spread(self, part: TypedPart, case_no: Longs, keys: pa.Table) -> None:
        records = np.empty(len(case_no), self.dtype)
        records["sequence"], records["case_no"] = part.sequence, case_no
        for name in self.dimensions:
            records[name] = self.coder.codes(name, part.texts[name])
        for time in self.times:
            records[time] = part.numbers[time]
        if part.filled is not None:
            records["filled"] = part.filled
        if self._buckets == 1:
            self.store.add(0, records, keys)
            return
        order, begins = by_bucket(records["case_no"] % self._buckets, self._buckets)
        records = records.take(order)  # four times as fast as by index
        key_order, key_begins = by_bucket(keys["case_no"].to_numpy() % self._buckets, self._buckets)
        keys = keys.take(pa.array(key_order))
        for bucket in np.flatnonzero(np.diff(begins)).tolist():
            low, high = key_begins[bucket : bucket + 2]
            self.store.add(bucket, records[begins[bucket] : begins[bucket + 1]], keys.slice(low, high - low))


def _dtype(dimensions: list[Dimension], times: list[str], *, with_filled: bool) -> np.dtype[Any]:
    longs = [(name, np.int64) for name in ("case_no", "sequence", *times)]
    codes = [(name, np.int16) for name in (*dimensions, *(["filled"] if with_filled else []))]
    return np.dtype([*longs, *codes])


def keys_in_order(keys: pa.Table) -> pa.Array:
    """What the cases are called, in order of their numbers, each once. Raises LogError when two have one number."""
    numbers = keys["case_no"].to_numpy()
    order = np.argsort(numbers, kind="stable")
    numbers, called = numbers[order], keys["case_key"].combine_chunks().take(pa.array(order))
    again = np.equal(numbers[1:], numbers[:-1])
    if not again.any():
        return called
    differs = pc.not_equal(called.slice(1), called.slice(0, len(called) - 1)).to_numpy(zero_copy_only=False)
    if (differs & again).any():
        place = int(np.flatnonzero(differs & again)[0])
        raise refusal("case-number", first=called[place].as_py(), second=called[place + 1].as_py())
    return called.take(pa.array(np.flatnonzero(np.concatenate(([True], ~again)))))
