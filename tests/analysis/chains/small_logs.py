"""Small logs of random cases, prepared, with the rows of their tables as plain Python: what references count on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.analysis.eventlogs.raw_logs import raw_log
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared, TableName

START = datetime(2023, 10, 1, 8, tzinfo=UTC)
ROLES = ("case", "activity", "time", "organisation", "region", "group", "outcome", "term_date")
ORGANISATIONS = ("Intake", "Board", "Court")


@dataclass(frozen=True)
class SmallLog:
    """A prepared log with an engine on it."""

    prepared: Prepared
    engine: Embedded

    def rows(self, table: TableName) -> list[dict[str, Any]]:
        """The rows as dictionaries, codes and all."""
        found: list[dict[str, Any]] = pq.read_table(self.prepared.folder / table).to_pylist()
        return found

    @property
    def cut_off_us(self) -> int:
        """Of the manifest."""
        return self.prepared.manifest.cut_off_us


def small_log(folder: Path, columns: dict[str, list[Any]], **options: Any) -> SmallLog:
    """From columns named after their roles; times are datetimes."""
    times = ("time", "term_date")
    arrays = {
        name: pa.array(values, pa.timestamp("us", "UTC")) if name in times else pa.array(values)
        for name, values in columns.items()
    }
    mapping = Mapping({role: Column(role) for role in ROLES if role in columns}, **options)
    prepared = prepare(raw_log(folder / "raw", arrays), mapping, folder / "prepared")
    return SmallLog(prepared, Embedded(prepared, threads=1))


def random_log(folder: Path, *, cases: int = 300, seed: int = 1, service: bool = False) -> SmallLog:
    """Cases that come over 400 days across a change of the clock, visit up to four organisations, and may stay open."""
    rng = np.random.default_rng(seed)
    columns: dict[str, list[Any]] = {role: [] for role in ROLES}
    for number in range(cases):
        moment = START + timedelta(hours=float(rng.uniform(0, 400 * 24)))
        term = moment + timedelta(days=int(rng.integers(20, 90)))
        region, group = f"R{rng.integers(0, 3)}", None if rng.random() < 0.1 else f"G{rng.integers(0, 2)}"
        steps = int(rng.integers(1, 7))
        for step in range(steps):
            last = step == steps - 1
            activity = "Closed" if last and rng.random() < 0.7 else str(rng.choice(["Received", "Helped", "Called"]))
            outcome = str(rng.choice(["granted", "refused"])) if activity == "Closed" else None
            organisation = ORGANISATIONS[int(rng.integers(0, 3))] if rng.random() < 0.9 else None
            values = (f"C{number}", activity, moment, organisation, region, group, outcome, term)
            for role, value in zip(ROLES, values, strict=True):
                columns[role].append(value)
            moment += timedelta(hours=float(rng.choice([0, rng.exponential(24 * 15)])))
    options: dict[str, Any] = {"end_activities": ("Closed",), "cut_off": "2024-10-20T12:00:00+00:00"}
    return small_log(folder, columns, **options, service_activities=("Helped",) if service else ())
