"""Neither the order of the rows, nor the buckets, nor the parts, nor the order of adding changes a number."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.eventlogs.small_events import EVENTS, MAPPINGS, Events, tables_of, written
from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare import append, prepare
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, Prepared

FEW = settings(max_examples=8, deadline=None)
BUCKETS = st.integers(1, 7)


def same(one: Prepared, other: Prepared) -> bool:
    """Tables, variants and numbers of cases included, are equal, and so are the first, last and cut-off moments."""
    assert tables_of(one) == tables_of(other)
    for name in ("events", "cases", "first_us", "last_us", "cut_off_us"):
        assert getattr(one.manifest, name) == getattr(other.manifest, name), name
    return True


@FEW
@given(EVENTS, MAPPINGS, st.randoms(use_true_random=False), BUCKETS, BUCKETS)
def test_no_order_of_rows_no_parts_and_no_buckets(  # type: ignore[no-untyped-def]
    events: Events, mapping: Mapping, chance, buckets: int, others: int
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(events))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once = prepare(written(folder / "raw", events), mapping, folder / "log", buckets=buckets)
        raw = written(folder / "raw-2", shuffled[:cut], shuffled[cut:])
        again = prepare(raw, mapping, folder / "log-2", buckets=others)
        assert same(once, again)
        assert all(once.values(dimension) == again.values(dimension) for dimension in DIMENSIONS)
        if buckets == others:
            assert once.manifest.tables == again.manifest.tables


@FEW
@given(EVENTS, MAPPINGS, st.randoms(use_true_random=False), BUCKETS)
def test_no_order_of_adding(events: Events, mapping: Mapping, chance, buckets: int) -> None:  # type: ignore[no-untyped-def]
    places = [chance.randint(0, 2) for _ in events]
    parts = [[event for event, place in zip(events, places, strict=True) if place == part] for part in range(3)]
    parts = [part for part in parts if any(event.counts for event in part)]
    chance.shuffle(parts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once = prepare(written(folder / "raw", events), mapping, folder / "log", buckets=buckets)
        raws = [written(folder / f"raw-{n}", part, sha256=f"{n:02d}" * 32) for n, part in enumerate(parts)]
        added = prepare(raws[0], mapping, folder / "log-0", buckets=buckets)
        for place, raw in enumerate(raws[1:], 1):
            added = append(added, raw, folder / f"log-{place}")
        assert same(once, added)
        assert len(added.manifest.sources) == len(parts)
