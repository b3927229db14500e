"""DuckDB puts the rows of a raw log in codes, spreads them over buckets, and sorts them a bucket at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from glob import escape
from pathlib import Path
from types import TracebackType

import duckdb

from zichtlijn.analysis.eventlogs.prepare.case_numbers import number_sql
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import SortedRows
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, KEPT, MOST_VALUES, Dimension, bucket_path
from zichtlijn.analysis.eventlogs.pseudonyms import pseudonymised_sql

# So many buckets are kept in memory, each read by passing over all of them; of more, each gets files of its own.
_BUCKETS_TOGETHER = 4


class Workbench:
    """One DuckDB connection that prepares one log; what does not fit in memory goes to hidden folders in ``folder``.

    In order: ``read``, ``found``, ``spread``, and then ``rows`` of each bucket.
    """

    def __init__(self, folder: Path, memory_mib: int | None) -> None:
        self._folder = folder
        self._connection = duckdb.connect()
        self._run(f"SET temp_directory = {_text(folder / '.spilled')}")
        # The buckets are spread and sorted as wholes: the order in which rows come does not matter.
        self._run("SET preserve_insertion_order = false")
        if memory_mib is not None:
            self._run(f"SET memory_limit = '{memory_mib}MiB'")
        self._columns: tuple[str, ...] = ()
        self._source = 0
        self._together = True
        self._recoded: set[Dimension] = set()

    def __enter__(self) -> Workbench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def read(self, typed_rows: str, columns: Iterable[str], source: int, pseudonym_key: bytes | None) -> None:
        """Take the rows of a SELECT as made by ``typed_rows_sql``, of the file with number ``source``; ``columns``:
        those that the mapping has. With a key, numbers of cases become pseudonyms. Raises LogError for a short key."""
        if pseudonym_key is not None:
            typed_rows = pseudonymised_sql(self._connection, typed_rows, pseudonym_key)
        self._columns, self._source = tuple(columns), source
        self._run(f"CREATE TEMP VIEW typed AS {typed_rows}")

    def found(self) -> Mapping[Dimension, list[str]]:
        """The values of each dimension (so many that they are too many at most), of rows that do not count too: to
        leave those out here would take longer than all the rest."""
        return {name: self._values(name) for name in DIMENSIONS if name in self._columns}

    def _values(self, name: Dimension) -> list[str]:
        distinct = f'SELECT DISTINCT "{name}" FROM typed WHERE "{name}" IS NOT NULL LIMIT {MOST_VALUES + 1}'  # noqa: S608
        rows = self._run(distinct).fetchall()
        return [value for (value,) in rows]

    def spread(self, values: Values, buckets: int, until_us: int | None, *, apart: bool = False) -> None:
        """Keep the rows that count and are not later than ``until_us``, in codes of ``values``, by bucket.

        ``apart``: each bucket in files of its own, however few buckets there are.
        """
        joins, columns = "", ["sequence", "case_key", *(name for name in self._columns if name not in DIMENSIONS)]
        for name in (name for name in DIMENSIONS if name in self._columns):
            self._keep(f"codes_{name}", values.get(name, ()), range(len(values.get(name, ()))), "VARCHAR")
            joins += f' LEFT JOIN "codes_{name}" "{name}s" ON t."{name}" = "{name}s".old'
            columns.append(f'"{name}s".new AS "{name}"')
        until = "" if until_us is None else f" AND at_us <= {until_us}"
        rows = f"SELECT {', '.join(columns)} FROM typed t {joins} WHERE dropped IS NULL{until}"  # noqa: S608
        number = number_sql("case_key")
        coded = f"SELECT *, case_no % {buckets} AS bucket FROM (SELECT *, {number} AS case_no FROM ({rows}))"  # noqa: S608
        self._together = buckets <= _BUCKETS_TOGETHER and not apart
        if self._together:
            self._run(f"CREATE TEMP TABLE coded AS {coded}")
        else:
            form = "FORMAT parquet, COMPRESSION lz4_raw, PARTITION_BY (bucket)"
            self._run(f"COPY ({coded}) TO {_text(self._folder / '.coded')} ({form})")

    def left_out(self, until_us: int | None) -> int:
        """How many rows would count if they were not later than ``until_us``."""
        if until_us is None:
            return 0
        found = self._run(f"SELECT count(*) FROM typed WHERE dropped IS NULL AND at_us > {until_us}").fetchall()  # noqa: S608
        return int(found[0][0])

    def used(self, name: Dimension) -> set[int]:
        """The codes that occur in the rows that count."""
        if not self.buckets():
            return set()
        rows = self._run(f'SELECT DISTINCT "{name}" FROM {self._coded()} WHERE "{name}" IS NOT NULL')  # noqa: S608
        return {code for (code,) in rows.fetchall()}

    def recode(self, name: Dimension, codes: Mapping[int, int]) -> None:
        """Give the rows of a bucket other codes from now on."""
        self._keep(f"new_{name}", codes.keys(), codes.values(), "SMALLINT")
        self._recoded.add(name)

    def recoded_into(self, target: Path, bucket: int) -> None:
        """Write the rows of a bucket, unsorted, for another engine."""
        self._run(f"COPY ({self._select(bucket)}) TO {_text(target)} (FORMAT parquet, COMPRESSION zstd)")

    def buckets(self) -> list[int]:
        """Those with rows."""
        if self._together:
            return sorted(bucket for (bucket,) in self._run("SELECT DISTINCT bucket FROM coded").fetchall())
        return sorted(int(path.name.partition("=")[2]) for path in (self._folder / ".coded").glob("bucket=*"))

    def rows(self, bucket: int) -> SortedRows:
        """The rows of a bucket, sorted."""
        sql = f"{self._select(bucket)} ORDER BY case_no, at_us, sequence"
        return SortedRows(self._connection.sql(sql).to_arrow_table(), self._source)

    def rows_with(self, bucket: int, before: Path) -> SortedRows:
        """The rows of a bucket together with those of the prepared log in ``before``, sorted."""
        events, cases = bucket_path(before, "events", bucket), bucket_path(before, "cases", bucket)
        if not events.exists():
            return self.rows(bucket)
        kept = {name[1:]: name for name in KEPT.names}
        columns = [f'e."{kept.get(name, name)}" AS "{name}"' for name in ("sequence", "source", *self._columns)]
        files = f"{_files(events)} e JOIN {_files(cases)} c USING (case_no)"
        old = f"SELECT case_no, case_key, {', '.join(columns)} FROM {files}"  # noqa: S608
        sql = (
            f"SELECT * FROM ({old} UNION ALL BY NAME {self._select(bucket)}) ORDER BY case_no, at_us, sequence, source"  # noqa: S608
        )
        return SortedRows(self._connection.sql(sql).to_arrow_table())

    def _select(self, bucket: int) -> str:
        columns = [f'r."{name}"' for name in self._columns if name not in self._recoded]
        joins = ""
        for name in sorted(self._recoded):
            joins += f' LEFT JOIN "new_{name}" "{name}s" ON r."{name}" = "{name}s".old'
            columns.append(f'"{name}s".new AS "{name}"')
        where = f"WHERE bucket = {bucket}" if self._together else ""
        columns = ["case_no", "case_key", "sequence", f"{self._source}::BIGINT AS source", *columns]
        return f"SELECT {', '.join(columns)} FROM {self._coded(bucket)} r {joins} {where}"  # noqa: S608

    def _coded(self, bucket: int | None = None) -> str:
        if self._together:
            return "coded"
        return _files(self._folder, ".coded", "*" if bucket is None else f"bucket={bucket}", "*.parquet")

    def _keep(self, name: str, old: Iterable[str | int], new: Iterable[int], kind: str) -> None:
        pairs = f"unnest(?::{kind}[]) AS old, unnest(?::SMALLINT[]) AS new"
        self._connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {pairs}', [list(old), list(new)])

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(sql)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _files(folder: Path, *names: str) -> str:
    """To be read: patterns in the names, none in the folder."""
    return f"read_parquet({_text(Path(escape(str(folder))).joinpath(*names))})"
