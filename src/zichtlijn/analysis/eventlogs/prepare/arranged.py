"""A log in memory, its events by case and in order, without a prepared log on disk: for a first look at a file.

It has what the compiled loops of the figures ask for (``chains.kernels``), from the same rows and by the same rules as
a prepared log, in which the rest stands that takes longer to make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from zichtlijn.analysis.eventlogs.model import Mapping, Role
from zichtlijn.analysis.eventlogs.prepare import making
from zichtlijn.analysis.eventlogs.prepare.case_table import endings
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes, mapped_codes
from zichtlijn.analysis.eventlogs.prepare.coding import Coder, NumberedPart, keys_in_order, numbered
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.row_loops import are_in_order, order_within_cases, recode, runs
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import (
    Array,
    Longs,
    SortedRows,
    by_case,
    first_known,
    last_known,
)
from zichtlijn.analysis.eventlogs.prepare.stay_table import Islands
from zichtlijn.analysis.eventlogs.prepare.typed_parts import comes_in_order, typed_parts
from zichtlijn.analysis.eventlogs.prepare.variant import variants
from zichtlijn.analysis.eventlogs.prepared import Dimension, Manifest, TableName
from zichtlijn.analysis.eventlogs.raw import RawLog

ENGINE = "memory"
_ROLES: tuple[Role, ...] = ("case", "activity", "time", "organisation", "region", "group", "citizen_group")


class Arranged:
    """Columns by name, each made when it is first asked for: of events those of the rows, of cases ``events``,
    ``start_us``, ``end_us``, ``closed``, ``variant`` and codes, of stays ``filled``. What is not known is -1.

    Cases come in any order, the same in both tables.
    """

    def __init__(self, manifest: Manifest, values: Values, rows: SortedRows, codes: MappedCodes) -> None:
        self.manifest, self._values, self._rows, self._codes = manifest, values, rows, codes
        self._cases: dict[str, Array] = {}
        self._stays: Longs | None = None

    @property
    def log(self) -> Arranged:
        """What says what the columns mean."""
        return self

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """The texts of the codes of a dimension, in order of code; empty when the log does not have it."""
        return self._values.get(dimension, ())

    def has(self, table: TableName) -> bool:
        """Whether there is something to know of these: stays need an organisation."""
        return table != "stays" or self.manifest.mapping.column("organisation") is not None

    def of(self, table: TableName, *names: str) -> list[Array]:
        """Columns, shape (rows of the table,)."""
        if table == "events":
            return [self._of_events(name) for name in names]
        if table == "stays":
            return [self._of_stays(name) for name in names]
        return [self._of_cases(name) for name in names]

    @property
    def first_events(self) -> Longs:
        """Place of the first event of each case, and the number of events; shape (cases + 1,)."""
        return self._rows.bounds

    @property
    def bytes_held(self) -> int:
        """What the columns take in memory."""
        return sum(each.nbytes for each in (*self._rows.columns.values(), *self._cases.values()))

    def _of_events(self, name: str) -> Array:
        return self._rows.longs(name) if name.endswith("_us") else self._rows.codes(name)

    def _of_stays(self, name: str) -> Array:
        """What is known of a stay at its first event."""
        if self._stays is None:
            self._stays = Islands.of(self._rows, self._codes).starts
        return self._rows.codes(name)[self._stays]

    def _of_cases(self, name: str) -> Array:
        if name not in self._cases:
            self._cases[name] = self._makers[name]()
        return self._cases[name]

    @cached_property
    def _makers(self) -> dict[str, Callable[[], Array]]:
        rows, codes = self._rows, self._codes
        starts, ends = rows.starts, rows.ends

        def known(name: str) -> Callable[[], Array]:
            return lambda: first_known(rows.codes(name), starts, ends)

        return {
            "events": lambda: (ends - starts + 1).astype(np.int32),
            "start_us": lambda: rows.at_us[starts],
            "end_us": lambda: self._endings[0],
            "closed": lambda: self._endings[1],
            "variant": lambda: variants(codes.text_numbers, rows.codes("activity"), rows.bounds),
            **{name: known(name) for name in ("region", "group", "citizen_group")},
            "first_organisation": known("organisation"),
            "last_organisation": lambda: last_known(rows.codes("organisation"), starts, ends),
        }

    @cached_property
    def _endings(self) -> tuple[Longs, Array]:
        return endings(self._rows, self._codes)


def arrange(raw: RawLog, mapping: Mapping, *, cut_off: str | None = None) -> Arranged:
    """Take the rows that ``prepare`` would take. Raises LogError as it does, when two cases have one number too."""
    mapping.check()
    making.check_events(raw)
    until_us = making.cut_off_us(cut_off or mapping.cut_off, mapping.time_zone)
    asked = replace(mapping, roles={role: column for role, column in mapping.roles.items() if role in _ROLES})
    taken = _Taken(raw.events, with_sequence=not comes_in_order(raw, asked))
    for part in numbered(typed_parts(raw, asked), until_us):
        taken.add(part)
    if not taken.rows:
        raise refusal("no-events")
    values = making.settle_values(taken.coder, {}, mapping)
    rows = taken.arranged(values)
    first_us, last_us = int(rows.at_us.min()), int(rows.at_us.max())
    manifest = Manifest(
        mapping=mapping,
        engine=ENGINE,
        buckets=1,
        events=rows.events,
        cases=len(rows.starts),
        first_us=first_us,
        last_us=last_us,
        cut_off_us=last_us if until_us is None else until_us,
        sources=({"name": raw.filename, "sha256": raw.sha256, "format": raw.file_format, "events": raw.events},),
        # Of a log without files the file it came from decides the figures
        tables={raw.filename: {"sha256": raw.sha256, "rows": raw.events}},
    )
    return Arranged(manifest, values, rows, mapped_codes(mapping, values))


class _Taken:
    """Columns of the parts so far, of at most so many rows; of the numbers of cases only where they change."""

    def __init__(self, most: int, *, with_sequence: bool) -> None:
        self.coder, self.rows = Coder(), 0
        self._most, self._with_sequence = most, with_sequence
        self._columns: dict[str, Array] = {}
        self._keys: list[pa.Table] = []
        self._begins: list[Longs] = []
        self._heads: list[Longs] = []

    def add(self, numbered_part: NumberedPart) -> None:
        """Behind what there is. Raises LogError as ``Coder`` does."""
        part, case_no = numbered_part.part, numbered_part.case_no
        if not len(case_no):
            return
        begins = runs(case_no)[:-1]
        self._keys.append(numbered_part.keys)
        self._heads.append(case_no[begins])
        self._begins.append(begins + self.rows)
        self._put("at_us", part.numbers["at_us"])
        for dimension, texts in part.texts.items():
            self._put(dimension, self.coder.codes(dimension, texts))
        if part.filled is not None:
            self._put("filled", part.filled.astype(np.int16, copy=False))
        if self._with_sequence:
            self._put("sequence", part.sequence)
        self.rows += len(case_no)

    def _put(self, name: str, values: Array) -> None:
        if name not in self._columns:
            self._columns[name] = np.empty(self._most, values.dtype)
        self._columns[name][self.rows : self.rows + len(values)] = values

    def arranged(self, values: Values) -> SortedRows:
        """By case and in order, in these codes. Raises LogError when two cases have one number."""
        cases = len(keys_in_order(pa.concat_tables(self._keys)))
        columns = {name: column[: self.rows] for name, column in self._columns.items()}
        for dimension, found in self.coder.values.items():
            codes = {value: code for code, value in enumerate(values.get(dimension, ()))}
            recode(columns[dimension], np.array([codes[value] for value in found], np.int16))
        begins, heads = self._runs()
        at_us = columns["at_us"]
        sequence = columns.get("sequence", at_us)  # rows in order of the file stay in it where times are equal
        places = (at_us, sequence, sequence)
        is_together = len(heads) == cases
        if is_together and are_in_order(begins, places):
            return SortedRows(columns, pa.nulls(0), begins)
        order, bounds = by_case(begins, heads, np.argsort(heads, kind="stable"))
        order_within_cases(order, bounds, places)
        return SortedRows({name: column[order] for name, column in columns.items()}, pa.nulls(0), bounds)

    def _runs(self) -> tuple[Longs, Longs]:
        """Where the runs of rows of one case begin, with the number of rows behind; and the case of each."""
        begins, heads = np.concatenate(self._begins), np.concatenate(self._heads)
        # A case can go on from one part into the next
        begins_anew = np.concatenate(([True], heads[1:] != heads[:-1]))
        return np.append(begins[begins_anew], self.rows), heads[begins_anew]
