"""What preparing and adding have in common: rows in codes to the files of the buckets, and the manifest."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import numba
import pyarrow.parquet as pq

from zichtlijn.analysis.eventlogs.model import Mapping as ColumnMapping
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter, described
from zichtlijn.analysis.eventlogs.prepare.coding import Coder
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values, extended
from zichtlijn.analysis.eventlogs.prepare.refusals import refusal
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import SortedRows
from zichtlijn.analysis.eventlogs.prepared import DICTIONARIES, TABLES
from zichtlijn.analysis.eventlogs.pseudonyms import key_check
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.time_zones import zone_named
from zichtlijn.analysis.eventlogs.typed_rows import FIRST_US, LAST_US

Progress = Callable[[float], None]
# So many events make a bucket, but no more than so many buckets are made for it.
EVENTS_PER_BUCKET, BUCKETS = 1_000_000, 64
# Of a bucket being worked on, everything together; two are at a time.
_BYTES_PER_EVENT = 350


def silent(share: float) -> None:
    """No one is listening to the progress."""


def up_to(share: float, events: int, tell: Progress) -> Callable[[int], None]:
    """To hear how many of the events were done, which together are this share of the work."""
    return lambda done: tell(share * min(done / events, 1))


def number_of_buckets(events: int, memory_mib: int | None) -> int:
    """So that two of them fit in three quarters of the memory."""
    number = min(math.ceil(events / EVENTS_PER_BUCKET), BUCKETS)
    if memory_mib is not None:
        most = max(1, memory_mib * 2**20 * 3 // 8 // _BYTES_PER_EVENT)
        number = max(number, math.ceil(events / most))
    return max(1, number)


def check_events(raw: RawLog) -> None:
    """Raises LogError when there is none."""
    if not raw.events:
        raise refusal("no-events")


def source_number(sha256: str) -> int:
    """The digest of a file in 60 bits."""
    return int(sha256[:15], 16)


def cut_off_us(text: str | None, time_zone: str) -> int | None:
    """A date and time, or a date: then the end of that day. Raises LogError when it is neither or far away."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise refusal("cut-off", text=text) from error
    if len(text.strip()) <= len("2024-12-31"):
        moment = datetime.combine(moment.date(), time.max)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_named(time_zone))
    cut_off = (moment - datetime.fromisoformat("1970-01-01T00:00:00+00:00")) // timedelta(microseconds=1)
    if not FIRST_US <= cut_off <= LAST_US:
        raise refusal("cut-off-far", text=text)
    return cut_off


def settle_values(coder: Coder, old: Values, mapping: ColumnMapping) -> Values:
    """The values of the log to be: old ones first, then those that occur, and who cases were sent to."""
    found = {name: list(values) for name, values in coder.values.items()}
    if mapping.column("organisation") is not None:
        occur = {*found.get("activity", ()), *old.get("activity", ())}
        sent_to = [organisation for activity, organisation in mapping.sent_to.items() if activity in occur]
        found["organisation"] = [*found.get("organisation", ()), *sent_to]
    return extended(old, found)


def write_all(writer: BucketWriter, buckets: list[int], rows: Callable[[int], SortedRows], progress: Progress) -> str:
    """Write the buckets, two at a time. Gives the name and version of what did it."""
    pool = ThreadPoolExecutor(2)
    try:
        written = [pool.submit(writer.write_rows, bucket, rows) for bucket in buckets]
        for done, future in enumerate(as_completed(written)):
            future.result()
            progress(0.3 + 0.65 * (done + 1) / len(buckets))
    finally:
        pool.shutdown(cancel_futures=True)
    return f"numba {numba.__version__}"


def described_tables(folder: Path) -> dict[str, Mapping[str, Any]]:
    """For the manifest: every Parquet file of the log."""
    paths: Iterable[Path] = [path for table in TABLES for path in sorted((folder / table).glob("*.parquet"))]
    return {str(path.relative_to(folder)): described(path) for path in [*paths, folder / DICTIONARIES]}


def rows_in(tables: Mapping[str, Mapping[str, Any]], name: str) -> int:
    """How many rows a table has."""
    return sum(each["rows"] for path, each in tables.items() if path.startswith(f"{name}/"))


def first_and_last_us(folder: Path) -> tuple[int, int]:
    """Of all events, from the statistics in the files of events."""
    low, high = [], []
    for path in (folder / "events").glob("*.parquet"):
        metadata = pq.read_metadata(path)
        column = metadata.schema.names.index("at_us")
        for group in range(metadata.num_row_groups):
            statistics = metadata.row_group(group).column(column).statistics
            low.append(statistics.min)
            high.append(statistics.max)
    return min(low), max(high)


def source_of(raw: RawLog, left_out: int, pseudonym_key: bytes | None) -> Mapping[str, Any]:
    """For the manifest; ``left_out``: events after the cut-off; ``key_check`` tells one key from another."""
    file = {"name": raw.filename, "sha256": raw.sha256, "format": raw.file_format}
    source = {**file, "events": raw.events, "left_out": left_out}
    check = key_check_of(raw, pseudonym_key)
    return source if check is None else {**source, "key_check": check}


def key_check_of(raw: RawLog, pseudonym_key: bytes | None) -> str | None:
    """Of the key that makes the pseudonyms, here or before; None without. Raises LogError when it would be both."""
    if pseudonym_key is None:
        return raw.key_check
    if raw.key_check is not None:
        raise refusal("key-twice")
    return key_check(pseudonym_key)
