"""Preparing with Apache Spark: the same layout and the same numbers, for a log whose buckets outgrow one machine.

The rows are typed and put in codes here, as they stream by; Spark sorts, and does all that needs a window.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.prepare import spark_sql
from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.making import Progress
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.sorted_buckets import SortedBuckets
from zichtlijn.analysis.eventlogs.prepared import EVENTS, KEPT, TableName, bucket_path
from zichtlijn.analysis.eventlogs.spark_session import spark_session

_TYPES = {"int16": "smallint", "int32": "int", "int64": "bigint"}


def write_all(folder: Path, rows_of: SortedBuckets, codes: MappedCodes, *, with_stays: bool, progress: Progress) -> str:
    """Write the buckets over which rows were spread; gives the name and version of the engine.

    Raises LogError when Spark cannot be used or two cases have the same number.
    """
    session = spark_session()
    pairs = [(code, int(number)) for code, number in enumerate(codes.text_numbers)]
    session.createDataFrame(pairs, "code int, text_number bigint").createOrReplaceTempView("activities")
    buckets = rows_of.numbers
    for done, bucket in enumerate(buckets):
        rows = folder / ".rows" / f"{bucket}.parquet"
        rows.parent.mkdir(exist_ok=True)
        rows_of.unsorted_into(rows, bucket)
        _write_bucket(session, folder, bucket, rows, codes, with_stays=with_stays)
        rows.unlink()
        progress(0.3 + 0.65 * (done + 1) / len(buckets))
    return f"spark {session.version}"


def _write_bucket(session: Any, folder: Path, bucket: int, rows: Path, codes: MappedCodes, *, with_stays: bool) -> None:
    _with_all_columns(session.read.parquet(str(rows))).createOrReplaceTempView("arrived_rows")
    placed = session.sql(spark_sql.placed_sql("arrived_rows")).persist()
    placed.createOrReplaceTempView("placed")
    same = session.sql(spark_sql.same_numbers_sql()).collect()
    if same:
        raise refusal("case-number", first=same[0].first, second=same[0].second)
    cases = session.sql(spark_sql.cases_sql(codes)).persist()
    cases.createOrReplaceTempView("cases_made")
    _write(session.sql(spark_sql.events_sql(codes)), folder, "events", bucket, "position")
    _write(cases, folder, "cases", bucket)
    if with_stays:
        _write(session.sql(spark_sql.stays_sql(codes)), folder, "stays", bucket, "stay")
    cases.unpersist()
    placed.unpersist()


def _with_all_columns(rows: Any) -> Any:
    """Null in the columns that the mapping does not have."""
    kept = {each.name.lstrip("."): _TYPES.get(str(each.type)) for each in [*EVENTS, *KEPT]}
    absent = {name: kind for name, kind in kept.items() if kind and name not in rows.columns}
    made = ("position", "next_activity", "next_organisation", "to_next_us", "day", "to_next_step", "done_before")
    nulls = [f"cast(NULL AS {kind}) AS `{name}`" for name, kind in absent.items() if name not in made]
    return rows.selectExpr("*", *nulls)


def _write(rows: Any, folder: Path, table: TableName, bucket: int, *within: str) -> None:
    """As one file, sorted."""
    target = bucket_path(folder, table, bucket)
    parts = folder / ".parts"
    target.parent.mkdir(exist_ok=True)
    sorted_rows = rows.repartition(1).sortWithinPartitions("case_no", *within)
    sorted_rows.write.mode("overwrite").option("compression", "lz4_raw").parquet(str(parts))
    (part,) = parts.glob("part-*.parquet")
    part.rename(target)
    shutil.rmtree(parts)
