"""What the preparation makes of events, held against plain Python."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.eventlogs.small_events import (
    EVENTS,
    MAPPING,
    MAPPINGS,
    Event,
    Events,
    Row,
    expected,
    rows_of,
    tables_of,
    us,
    written,
)
from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter
from zichtlijn.analysis.eventlogs.prepare.case_numbers import number_of_text
from zichtlijn.analysis.eventlogs.prepare.coding import keys_in_order
from zichtlijn.analysis.eventlogs.prepare.variant import variants
from zichtlijn.analysis.eventlogs.prepared import MOST_VALUES, SCHEMAS
from zichtlijn.analysis.eventlogs.pseudonyms import pseudonym
from zichtlijn.analysis.eventlogs.raw import RawLog

KEY = b"a key of the inspectorate"
QUICK = settings(max_examples=15, deadline=None)


@QUICK
@given(EVENTS, MAPPINGS, st.integers(1, 6))
def test_tables_are_what_plain_python_counts(events: Events, mapping: Mapping, buckets: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(written(Path(folder) / "raw", events), mapping, Path(folder) / "log", buckets=buckets)
        made = tables_of(prepared)
    keys = {row["case_no"]: row["case_key"] for row in made["cases"]}
    wanted = expected(events, mapping)
    for name, rows in made.items():
        assert comparable(rows, keys) == comparable(wanted[name], keys), name


def comparable(rows: list[Row], keys: dict[int, str]) -> list[Row]:
    """By the case's own number, without the numbers that are made of texts."""
    kept = []
    for row in rows:
        known = {name: value for name, value in row.items() if name not in ("case_no", "variant")}
        known.setdefault("case_key", keys.get(row.get("case_no", 0)))
        kept.append(known)
    return sorted(kept, key=lambda row: (row["case_key"], row.get("position", 0), row.get("stay", 0)))


def test_columns_are_those_of_the_layout(tmp_path: Path) -> None:
    prepared = prepare(written(tmp_path / "raw", [event("1", "a", 0)]), MAPPING, tmp_path / "log")
    for name, schema in SCHEMAS.items():
        read = pq.read_schema(prepared.folder / name / "00000.parquet")
        assert pa.schema([read.field(place) for place in range(len(schema))]).equals(schema), name


def event(
    case: str, activity: str, sequence: int, moment: datetime = datetime(2024, 1, 1, tzinfo=UTC), **more: Any
) -> Event:
    return Event(sequence, case, activity, moment, **more)


def test_numbers_of_cases_are_of_their_texts(tmp_path: Path) -> None:
    prepared = prepare(written(tmp_path / "raw", [event("zaak-é", "a", 0)]), MAPPING, tmp_path / "log")
    assert rows_of(prepared, "cases")[0]["case_no"] == number_of_text("zaak-é") == 3_745_196_525_712_613_507
    assert 0 <= number_of_text("x") < 2**63


def test_equal_times_keep_the_order_of_the_file(tmp_path: Path) -> None:
    events = [event("1", name, place) for place, name in enumerate("dbca")]
    prepared = prepare(written(tmp_path / "raw", events[::-1]), MAPPING, tmp_path / "log")
    assert [row["activity"] for row in rows_of(prepared, "events")] == ["d", "b", "c", "a"]


def test_the_same_activities_in_order_are_one_variant_and_in_another_order_another(tmp_path: Path) -> None:
    orders = {"1": "abba", "2": "baab", "3": "abba", "4": "aabb", "5": "abb", "6": "abbaa"}
    events = [event(case, name, place) for case, names in orders.items() for place, name in enumerate(names)]
    prepared = prepare(written(tmp_path / "raw", events), MAPPING, tmp_path / "log")
    variant = {row["case_key"]: row["variant"] for row in rows_of(prepared, "cases")}
    assert variant["1"] == variant["3"]
    assert len(set(variant.values())) == 5
    assert all(0 <= number < 2**63 for number in variant.values())


def test_variants_of_many_cases_do_not_collide() -> None:
    numbers = np.array([number_of_text(text) for text in "abcdefghij"])
    texts = {tuple(map(int, f"{number:06d}")) for number in range(0, 1_000_000, 7)}
    activities = np.array(sorted(texts))
    found = variants(numbers, activities.ravel().astype(np.int16), np.arange(0, activities.size + 1, 6))
    assert len(np.unique(found)) == len(activities)


def test_one_case_of_ten_thousand_events(tmp_path: Path) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    events = [event("1", f"stap {n % 7}", n, start + timedelta(minutes=n // 2)) for n in range(10_000)]
    prepared = prepare(written(tmp_path / "raw", events[::-1]), MAPPING, tmp_path / "log")
    rows = rows_of(prepared, "events")
    assert [row["position"] for row in rows] == list(range(10_000))
    assert [row["activity"] for row in rows[:9]] == [f"stap {n % 7}" for n in range(9)]
    (case,) = rows_of(prepared, "cases")
    assert (case["events"], case["activities"], case["self_loops"]) == (10_000, 7, 0)


def test_a_log_without_organisations_has_no_stays(tmp_path: Path) -> None:
    mapping = MAPPING.with_role("organisation", None)
    prepared = prepare(written(tmp_path / "raw", [event("1", "a", 0)]), mapping, tmp_path / "log")
    assert not prepared.has("stays")
    assert prepared.values("organisation") == ()


def test_values_of_events_that_do_not_count_get_no_code(tmp_path: Path) -> None:
    events = [event("1", "z", 0, organisation="Hof"), Event(1, None, "a", None, "Bureau")]
    prepared = prepare(written(tmp_path / "raw", events), MAPPING, tmp_path / "log")
    assert (prepared.values("activity"), prepared.values("organisation")) == (("z",), ("Hof",))


def test_events_after_the_cut_off_are_left_out_and_counted(tmp_path: Path) -> None:
    days = [datetime(2024, 1, day, 12, tzinfo=UTC) for day in (1, 2, 3)]
    events = [event("1", "a", place, day) for place, day in enumerate(days)]
    prepared = prepare(written(tmp_path / "raw", events), MAPPING, tmp_path / "log", cut_off="2024-01-02")
    manifest = prepared.manifest
    assert (manifest.events, manifest.sources[0]["left_out"]) == (2, 1)
    assert manifest.cut_off_us == us(datetime(2024, 1, 2, 22, 59, 59, 999_999, tzinfo=UTC))
    assert manifest.last_us == us(days[1])


@pytest.mark.parametrize("cut_off", ["morgen", "2024-13-01"])
def test_a_cut_off_that_is_no_date_is_refused(tmp_path: Path, cut_off: str) -> None:
    with pytest.raises(LogError) as caught:
        prepare(written(tmp_path / "raw", [event("1", "a", 0)]), MAPPING, tmp_path / "log", cut_off=cut_off)
    assert caught.value.code == "cut-off"


def test_a_log_without_an_event_that_counts_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [Event(0, None, "a", None)])
    with pytest.raises(LogError) as caught:
        prepare(raw, MAPPING, tmp_path / "log")
    assert caught.value.code == "no-events"
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_too_many_values_are_refused(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [event("1", f"a{n}", n) for n in range(MOST_VALUES + 1)])
    with pytest.raises(LogError) as caught:
        prepare(raw, MAPPING, tmp_path / "log")
    assert caught.value.code == "too-many-values"
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_an_existing_folder_is_not_written_over(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [event("1", "a", 0)])
    (tmp_path / "log").mkdir()
    with pytest.raises(LogError) as caught:
        prepare(raw, MAPPING, tmp_path / "log")
    assert caught.value.code == "prepared-exists"


def test_a_preparation_that_breaks_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(BucketWriter, "write_cases", broken)
    with pytest.raises(OSError, match="disk full"):
        prepare(written(tmp_path / "raw", [event("1", "a", 0)]), MAPPING, tmp_path / "log")
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_the_manifest_describes_every_file(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [event("1", "a", 0), event("2", "b", 1)])
    prepared = prepare(raw, MAPPING, tmp_path / "log", is_demo=True)
    manifest = prepared.manifest
    files = {str(path.relative_to(prepared.folder)) for path in prepared.folder.rglob("*.parquet")}
    assert set(manifest.tables) == files
    for name, said in manifest.tables.items():
        assert said["sha256"] == hashlib.sha256((prepared.folder / name).read_bytes()).hexdigest()
    assert (manifest.events, manifest.cases, manifest.is_demo) == (2, 2, True)
    assert manifest.sources[0]["sha256"] == raw.sha256


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    raw = written(tmp_path / "raw", [event(str(n), "a", n) for n in range(20)])
    prepare(raw, MAPPING, tmp_path / "log", buckets=4, progress=told.append)
    assert told == sorted(told)
    assert told[-1] >= 0.9


def test_two_cases_with_one_number_are_told_not_mixed() -> None:
    keys = pa.table({"case_no": [2, 1, 2, 1], "case_key": ["c", "a", "c", "b"]})
    with pytest.raises(LogError) as caught:
        keys_in_order(keys)
    assert caught.value.params == {"first": "a", "second": "b"}


def test_pseudonyms_replace_numbers_everywhere(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", [event("123456789", "a", 0), event("123456789", "b", 1), event("2", "a", 2)])
    prepared = prepare(raw, MAPPING, tmp_path / "log", pseudonym_key=KEY)
    keys = {row["case_key"]: row["case_no"] for row in rows_of(prepared, "cases")}
    assert keys == {text: number_of_text(text) for text in (pseudonym("123456789", KEY), pseudonym("2", KEY))}
    assert prepared.manifest.pseudonymised
    assert all(b"123456789" not in path.read_bytes() for path in prepared.folder.rglob("*.*"))


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        prepare(written(tmp_path / "raw", [event("1", "a", 0)]), MAPPING, tmp_path / "log", pseudonym_key=b"kort")
    assert caught.value.code == "key-short"
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_a_killed_preparation_leaves_no_log_and_does_not_stand_in_the_way(tmp_path: Path) -> None:
    written(tmp_path / "raw", [event("1", "a", 0)])
    code = (
        "import os, sys; from pathlib import Path; from tests.analysis.eventlogs.small_events import MAPPING; "
        "from zichtlijn.analysis.eventlogs.raw import RawLog; "
        "from zichtlijn.analysis.eventlogs.prepare import prepare; "
        "from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter; "
        "BucketWriter.write_cases = lambda *_: os._exit(9); folder = Path(sys.argv[1]); "
        "prepare(RawLog.open(folder / 'raw'), MAPPING, folder / 'log')"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path], env={"PYTHONPATH": "src:."}, check=False)
    assert killed.returncode == 9
    assert not (tmp_path / "log").exists()
    assert prepare(RawLog.open(tmp_path / "raw"), MAPPING, tmp_path / "log").manifest.events == 1


def test_an_event_without_an_organisation_between_two_hides_no_hand_over(tmp_path: Path) -> None:
    places = ["Hof", None, "Raad", None, "Raad"]
    events = [event("1", "a", n, datetime(2024, 1, n + 1, tzinfo=UTC), organisation=at) for n, at in enumerate(places)]
    made = tables_of(prepare(written(tmp_path / "raw", events), MAPPING, tmp_path / "log"))
    assert [row["hand_over"] for row in made["events"]] == [False, True, False, False, False]
    assert made["cases"][0]["hand_overs"] == sum(row["next_organisation"] is not None for row in made["stays"]) == 1
