"""Small raw logs for the tests, written as a reader would write them."""

from __future__ import annotations

from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any

import pyarrow as pa

from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.raw import LINE, SEQUENCE, TRACE, RawLog, RawWriter

SIMPLE = Mapping({"case": Column("case"), "activity": Column("activity"), "time": Column("time")})


def raw_log(
    folder: Path,
    events: Values[str, Any],
    cases: Values[str, Any] | None = None,
    details: Values[str, Any] | None = None,
) -> RawLog:
    """Columns of values (lists or Arrow arrays); with ``cases``, events have a ``.trace`` among their columns."""
    writer = RawWriter(folder)
    number = len(next(iter(events.values())))
    own = {SEQUENCE: pa.array(range(number), pa.int64()), LINE: pa.array(range(2, number + 2), pa.int64())}
    writer.write("events", pa.table({**own, **events}))
    if cases is not None:
        traces = pa.array(range(len(next(iter(cases.values())))), pa.int64())
        writer.write("cases", pa.table({TRACE: traces, **cases}))
    return writer.finish(filename="log.csv", file_format="csv", sha256="0" * 64, details=details)
