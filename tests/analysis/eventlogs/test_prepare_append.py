"""Adding events to a prepared log: what changes, what stays, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.analysis.eventlogs.small_events import MAPPING, YEAR_2024, Event, rows_of, written
from zichtlijn.analysis.eventlogs.model import LogError, Mapping
from zichtlijn.analysis.eventlogs.prepare import append, prepare
from zichtlijn.analysis.eventlogs.prepare.bucket_files import BucketWriter
from zichtlijn.analysis.eventlogs.prepare.case_numbers import number_of_text
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.raw import RawLog

KEY = b"a key of the inspectorate"
BUCKETS = 5
OTHER = "cd" * 32


def event(case: str, activity: str, day: int, organisation: str | None = None, sequence: int = 0) -> Event:
    """At noon on a day of January 2024."""
    return Event(sequence, case, activity, YEAR_2024 + timedelta(days=day - 1, hours=12), organisation)


@pytest.fixture
def log(tmp_path: Path) -> Prepared:
    """Thirty cases of two events."""
    cases = [str(number) for number in range(30)]
    events = [event(case, name, day, "Hof") for case in cases for day, name in ((1, "m"), (2, "n"))]
    return prepare(written(tmp_path / "raw", events), MAPPING, tmp_path / "log", buckets=BUCKETS)


def test_only_the_buckets_of_the_new_events_change(log: Prepared, tmp_path: Path) -> None:
    more = append(log, written(tmp_path / "raw-2", [event("7", "o", 3)], sha256=OTHER), tmp_path / "log-2")
    touched = f"/{number_of_text('7') % BUCKETS:05d}.parquet"
    before, after = log.manifest.tables, more.manifest.tables
    changed = {name for name in after if before[name]["sha256"] != after[name]["sha256"]}
    assert changed == {f"{table}{touched}" for table in ("events", "cases", "stays")} | {"dictionaries.parquet"}
    assert (more.manifest.events, more.manifest.cases) == (61, 30)


def test_the_earlier_log_stays_as_it_was(log: Prepared, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in log.folder.rglob("*.*")}
    append(log, written(tmp_path / "raw-2", [event("7", "o", 3)], sha256=OTHER), tmp_path / "log-2")
    assert {path: path.read_bytes() for path in log.folder.rglob("*.*")} == before


def test_new_values_get_codes_behind_the_old_ones(log: Prepared, tmp_path: Path) -> None:
    events = [event("7", "a", 3, "Archief", 0), event("7", "m", 4, "Zorg", 1)]
    more = append(log, written(tmp_path / "raw-2", events, sha256=OTHER), tmp_path / "log-2")
    assert more.values("activity") == ("m", "n", "a")
    assert more.values("organisation") == ("Hof", "Archief", "Zorg")
    (case,) = [row for row in rows_of(more, "cases") if row["case_key"] == "7"]
    assert (case["first_activity"], case["last_activity"], case["events"]) == ("m", "m", 4)


def test_an_earlier_event_of_a_known_case_takes_its_place(log: Prepared, tmp_path: Path) -> None:
    raw = written(tmp_path / "raw-2", [Event(0, "7", "begin", YEAR_2024, "Bureau")], sha256=OTHER)
    more = append(log, raw, tmp_path / "log-2")
    (case,) = [row for row in rows_of(more, "cases") if row["case_key"] == "7"]
    assert (case["first_activity"], case["first_organisation"], case["hand_overs"]) == ("begin", "Bureau", 1)
    assert [row["stay"] for row in rows_of(more, "stays") if row["case_no"] == case["case_no"]] == [0, 1]


def test_a_file_is_added_once(log: Prepared, tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        append(log, written(tmp_path / "raw-2", [event("7", "o", 3)]), tmp_path / "log-2")
    assert caught.value.code == "already-added"
    assert not (tmp_path / "log-2").exists()


def test_adding_that_breaks_leaves_nothing(log: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    before = {path.name for path in tmp_path.iterdir()}
    raw = written(tmp_path / "raw-2", [event("7", "o", 3)], sha256=OTHER)
    monkeypatch.setattr(BucketWriter, "write_events", broken)
    with pytest.raises(OSError, match="disk full"):
        append(log, raw, tmp_path / "log-2")
    assert {path.name for path in tmp_path.iterdir()} == before | {"raw-2"}
    assert len(rows_of(log, "events")) == 60


def test_events_may_come_that_make_no_difference(log: Prepared, tmp_path: Path) -> None:
    raw = written(tmp_path / "raw-2", [Event(0, None, "o", YEAR_2024)], sha256=OTHER)
    more = append(log, raw, tmp_path / "log-2")
    assert more.manifest.tables == log.manifest.tables
    assert len(more.manifest.sources) == 2


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("2024-01-05", "2024-01-01", "cut-off-earlier"), ("2024-01-01", "2024-01-05", "cut-off-later")],
)
def test_a_cut_off_that_the_log_cannot_have_is_refused(tmp_path: Path, before: str, after: str, code: str) -> None:
    raw = written(tmp_path / "raw", [event("1", "a", 1), event("1", "b", 2)])
    log = prepare(raw, MAPPING, tmp_path / "log", cut_off=before)
    with pytest.raises(LogError) as caught:
        append(log, written(tmp_path / "raw-2", [event("1", "c", 3)], sha256=OTHER), tmp_path / "log-2", cut_off=after)
    assert caught.value.code == code


def test_a_later_cut_off_counts_when_nothing_was_left_out(tmp_path: Path) -> None:
    mapping: Mapping = replace(MAPPING, end_activities=("z",))
    log = prepare(written(tmp_path / "raw", [event("1", "a", 1)]), mapping, tmp_path / "log", cut_off="2024-01-02")
    raw = written(tmp_path / "raw-2", [event("1", "z", 4)], sha256=OTHER)
    more = append(log, raw, tmp_path / "log-2", cut_off="2024-01-05")
    (case,) = rows_of(more, "cases")
    assert case["closed"]
    assert more.manifest.cut_off_us - log.manifest.cut_off_us == 3 * 86_400_000_000


def test_the_cut_off_of_a_log_with_a_given_one_does_not_move_back(tmp_path: Path) -> None:
    log = prepare(written(tmp_path / "raw", [event("1", "a", 1)]), MAPPING, tmp_path / "log", cut_off="2024-02-01")
    more = append(log, written(tmp_path / "raw-2", [event("1", "b", 2)], sha256=OTHER), tmp_path / "log-2")
    assert more.manifest.cut_off_us == log.manifest.cut_off_us


@pytest.mark.parametrize(
    ("before", "after", "code"), [(KEY, None, "key-needed"), (None, KEY, "key-not-needed"), (KEY, KEY[1:], "key-other")]
)
def test_events_are_added_with_the_key_of_the_log(
    tmp_path: Path, before: bytes | None, after: bytes | None, code: str
) -> None:
    log = prepare(written(tmp_path / "raw", [event("1", "a", 1)]), MAPPING, tmp_path / "log", pseudonym_key=before)
    raw = written(tmp_path / "raw-2", [event("1", "b", 2)], sha256=OTHER)
    with pytest.raises(LogError) as caught:
        append(log, raw, tmp_path / "log-2", pseudonym_key=after)
    assert caught.value.code == code
    more = append(log, raw, tmp_path / "log-2", pseudonym_key=before)
    assert (more.manifest.events, more.manifest.cases) == (2, 1)


def test_the_load_reports_are_kept_with_the_log(tmp_path: Path) -> None:
    raws = [written(tmp_path / str(day), [event("1", "a", day)], sha256=str(day) * 64) for day in (1, 2)]
    log = prepare(raws[0], MAPPING, tmp_path / "log", report={"events_kept": 1})
    more = append(log, raws[1], tmp_path / "log-2", report={"events_kept": 2})
    assert more.manifest.report == {"events_kept": 1}
    assert more.manifest.sources[1]["report"] == {"events_kept": 2}


def test_the_same_events_in_another_file_are_refused(log: Prepared, tmp_path: Path) -> None:
    events = [event("7", "n", 2, "Hof", 0), event("7", "m", 1, "Hof", 1)]
    with pytest.raises(LogError) as caught:
        append(log, written(tmp_path / "raw-2", events, sha256=OTHER), tmp_path / "log-2")
    assert caught.value.code == "all-added"
    assert not (tmp_path / "log-2").exists()


def test_events_that_were_there_already_are_counted(log: Prepared, tmp_path: Path) -> None:
    events = [event("7", "n", 2, "Hof", 0), event("7", "n", 2, "Zorg", 1), event("7", "n", 2, None, 2)]
    more = append(log, written(tmp_path / "raw-2", events, sha256=OTHER), tmp_path / "log-2")
    assert more.manifest.sources[1]["again"] == 1


def replaced_before(folder: Path, event: Event, check: str, **more: str) -> RawLog:
    """A raw log whose case numbers were pseudonyms when it came in."""
    raw = replace(written(folder, [event], **more), details={"key_check": check})
    raw.write_description()
    return raw


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("one", None, "key-needed"), (None, "one", "key-not-needed"), ("one", "other", "key-other")],
)
def test_a_log_with_pseudonyms_takes_only_those_of_the_same_key(
    tmp_path: Path, before: str | None, after: str | None, code: str
) -> None:
    def raw(name: str, day: int, check: str | None, **more: str) -> RawLog:
        made = event("1", "a", day)
        return (
            written(tmp_path / name, [made], **more)
            if check is None
            else replaced_before(tmp_path / name, made, check, **more)
        )

    log = prepare(raw("raw", 1, before), MAPPING, tmp_path / "log")
    assert log.manifest.pseudonymised is (before is not None)
    with pytest.raises(LogError) as caught:
        append(log, raw("raw-2", 2, after, sha256=OTHER), tmp_path / "log-2")
    assert caught.value.code == code
    more = append(log, raw("raw-3", 2, before, sha256=OTHER), tmp_path / "log-2")
    assert more.manifest.sources[1].get("key_check") == before
    assert (more.manifest.events, more.manifest.cases) == (2, 1)


def test_pseudonyms_are_not_replaced_by_pseudonyms(tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        prepare(
            replaced_before(tmp_path / "raw", event("1", "a", 1), "one"), MAPPING, tmp_path / "log", pseudonym_key=KEY
        )
    assert caught.value.code == "key-twice"
    assert not (tmp_path / "log").exists()
