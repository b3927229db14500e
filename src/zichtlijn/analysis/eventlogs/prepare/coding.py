"""Typed parts to rows of numbers, spread over buckets by case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from zichtlijn.analysis.eventlogs.prepare.row_loops import by_bucket
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


class CaseNumbers:
    """Numbers of cases, and with a key pseudonyms for what they are called. Raises LogError for a short key."""

    def __init__(self, pseudonym_key: bytes | None) -> None:
        if pseudonym_key is not None:
            check_key(pseudonym_key)
        self._key = pseudonym_key
        self._database = duckdb.connect()

    def of(self, case: Texts) -> tuple[Longs, pa.Table]:
        """Of every row its number, and a table of ``KEYS`` of the cases that occur."""
        used = _used(case)
        keys = case.values.take(pa.array(used))
        if self._key is not None:
            keys = pseudonyms(keys, self._key)
        numbers = self._numbers(keys)
        number_of = np.empty(len(case.values), np.int64)
        number_of[used] = numbers
        return number_of[case.places], pa.table([pa.array(numbers), keys], schema=KEYS)

    def _numbers(self, keys: pa.Array) -> Longs:
        self._database.register("keys", pa.table({"key": keys}))
        numbers = self._database.sql(f"SELECT {number_sql('key')} AS number FROM keys").to_arrow_table()  # noqa: S608
        self._database.unregister("keys")
        return np.asarray(numbers["number"].to_numpy())

    def close(self) -> None:
        """Let the database go."""
        self._database.close()


def _used(texts: Texts) -> NDArray[np.int64]:
    """The places that occur."""
    return np.flatnonzero(np.bincount(texts.places + 1, minlength=len(texts.values) + 1)[1:])


class Spreading:
    """Spreads the rows of one file, with number ``source``, over buckets in ``store``; rows later than ``until_us``
    are counted in ``left_out``. ``dtype`` is that of the rows."""

    def __init__(self, raw: RawLog, mapping: Mapping, folder: Path, buckets: int) -> None:
        self.store = BucketStore(folder / ".spread" if raw.events > _ROWS_IN_MEMORY else None)
        self.coder, self.left_out = Coder(), 0
        self.dimensions, self.times = roles_of(mapping)
        self.dtype = _dtype(self.dimensions, self.times, with_filled=bool(mapping.required))
        self._buckets = buckets

    def take(
        self,
        parts: Iterable[TypedPart],
        until_us: int | None,
        pseudonym_key: bytes | None,
        progress: Callable[[int], None],
    ) -> None:
        """All parts; ``progress`` hears how many rows were taken. Raises LogError as ``Coder`` and ``CaseNumbers``
        do."""
        numbers, taken = CaseNumbers(pseudonym_key), 0
        try:
            for part in parts:
                counting = part
                if until_us is not None:
                    counting = part.where(part.numbers["at_us"] <= until_us)
                    self.left_out += len(part.sequence) - len(counting.sequence)
                if len(counting.sequence):
                    self._spread(counting, numbers)
                taken += len(part.sequence)
                progress(taken)
        finally:
            numbers.close()

    def _spread(self, part: TypedPart, numbers: CaseNumbers) -> None:
        records = np.empty(len(part.sequence), self.dtype)
        records["sequence"] = part.sequence
        records["case_no"], keys = numbers.of(part.case)
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
