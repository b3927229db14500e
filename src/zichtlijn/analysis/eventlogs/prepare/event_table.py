"""The events of sorted rows."""

from __future__ import annotations

import pyarrow as pa

from zichtlijn.analysis.eventlogs.prepare.sorted_rows import Array, SortedRows, as_table, days_of
from zichtlijn.analysis.eventlogs.prepared import EVENTS, KEPT

COLUMNS = pa.schema([*EVENTS, *KEPT])


def events_of(rows: SortedRows, time_zone: str) -> pa.Table:
    """In the columns of ``EVENTS`` and ``KEPT``."""
    columns: dict[str, Array | pa.Array] = {
        name: rows.codes(name) for name in ("activity", "organisation", "region", "group", "citizen_group")
    }
    columns |= {f".{name}": rows.codes(name) for name in ("outcome", "filled")}
    columns |= {f".{name}": rows.longs(name) for name in ("sequence", "term_us")}
    columns |= {".source": rows.sources, "complete_us": rows.longs("complete_us")}
    columns |= {"case_no": rows.case_no, "at_us": rows.at_us, "day": days_of(rows.at_us, time_zone)}
    return as_table({**columns, **rows.walked[0]._asdict()}, COLUMNS)
