"""Object-centric logs keep their objects and links, and become cases of one type of object."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.analysis.eventlogs.object_logs import ObjectLog, as_json, as_sqlite, as_xml, small_log
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.proposing import ProposedMapping, propose_mapping
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers.ocel import read, with_cases
from zichtlijn.analysis.eventlogs.report import load_report
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql

Written = Callable[[ObjectLog, Path], Path]
FORMS = pytest.mark.parametrize("written", [as_json, as_xml, as_sqlite])


def read_file(path: Path, **options: Any) -> RawLog:
    return read(path, path.parent / "raw", filename=path.name, sha256="0" * 64, **options)


def refusal(path: Path, **options: Any) -> LogError:
    with pytest.raises(LogError) as caught:
        read_file(path, **options)
    assert not (path.parent / "raw").exists(), "something was left behind"
    return caught.value


def query(sql: str) -> list[Any]:
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def rows_of(raw: RawLog, object_type: str) -> list[Any]:
    mapping = replace(propose_mapping(raw).mapping, object_type=object_type)
    return query(f"SELECT case_key, activity, at_us FROM ({typed_rows_sql(raw, mapping)}) ORDER BY sequence, case_key")


@FORMS
def test_all_forms_of_a_log_give_the_same_cases(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    assert rows_of(raw, "report") == [
        ("R1", "receive report", 1_704_103_200_000_000),
        ("R2", "receive report", 1_704_189_600_000_000),
        ("R1", "start", 1_704_276_000_000_000),
        ("R2", "start", 1_704_276_000_000_000),
        ("R1", "end", 1_706_954_400_000_000),
    ]
    assert [row[:2] for row in rows_of(raw, "child")] == [("K1", "receive report"), ("K1", "receive report")]
    assert [row[:2] for row in rows_of(raw, "investigation")] == [("I1", "start"), ("I1", "end")]


@FORMS
def test_the_type_with_the_most_events_per_object_is_taken_first(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    assert raw.details["object_type"] == "report"
    assert raw.details["object_types"] == [
        {"name": "report", "objects": 2, "events": 5},
        {"name": "child", "objects": 1, "events": 2},
        {"name": "investigation", "objects": 1, "events": 2},
    ]
    proposed = propose_mapping(raw)
    assert proposed.mapping.object_type == "report"
    assert {role: column.name for role, column in proposed.mapping.roles.items()} == {
        "case": "ocel:oid",
        "activity": "ocel:activity",
        "time": "ocel:timestamp",
    }
    assert ProposedMapping.from_json(json.loads(json.dumps(proposed.as_json()))) == proposed


@FORMS
def test_cases_have_the_last_values_of_the_object_and_the_objects_they_met(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    cases = query(
        'SELECT "ocel:oid", state, weight, "related: child", "related: investigation" '
        f"FROM read_parquet('{raw.cases_glob}') ORDER BY 1"
    )
    assert cases == [("R1", "closed", None, "K1", "I1"), ("R2", "new", 7, "K1", "I1")]


@FORMS
def test_the_first_meeting_of_two_objects_is_kept(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    ties = query(
        f"SELECT object, other, epoch_us(first_at), events FROM '{raw.folder}/ties-00000.parquet' ORDER BY 1, 2"
    )
    assert ties == [
        ("R1", "I1", 1_704_276_000_000_000, 2),
        ("R1", "K1", 1_704_103_200_000_000, 1),
        ("R2", "I1", 1_704_276_000_000_000, 1),
        ("R2", "K1", 1_704_189_600_000_000, 1),
    ]


@FORMS
def test_all_that_is_in_the_file_is_kept_with_the_objects(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    folder = raw.folder / "objects"
    assert query(f"SELECT count(*) FROM '{folder}/events-*.parquet'") == [(5,)]
    assert query(f"SELECT object, name, value FROM '{folder}/attributes-*.parquet' WHERE object = 'R1'") == [
        ("R1", "state", "new"),
        ("R1", "state", "closed"),
    ]
    assert sorted(query(f"SELECT source, target FROM '{folder}/links-*.parquet'")) == [
        ("I1", "R1"),
        ("K1", "K1"),
        ("R1", "I1"),
    ]
    assert query(f"SELECT count(*) FROM '{folder}/relations-*.parquet'") == [(10,)]


@FORMS
def test_events_of_no_case_and_repeated_links_are_reported(tmp_path: Path, written: Written) -> None:
    raw = read_file(written(small_log(), tmp_path / "log"))
    assert {each.code: each.count for each in raw.problems} == {"event-without-object": 1, "link-repeated": 1}


@FORMS
def test_an_event_that_names_an_object_that_is_not_there_is_reported_with_its_line(
    tmp_path: Path, written: Written
) -> None:
    log = small_log()
    log.events[1][4].append(("R9", "new"))
    raw = read_file(written(log, tmp_path / "log"))
    found = next(each for each in raw.problems if each.code == "object-missing")
    assert (found.count, len(found.places)) == (1, 1)
    assert [row[0] for row in rows_of(raw, "report")] == ["R1", "R2", "R1", "R2", "R1"]


@FORMS
def test_lines_are_those_of_the_events(tmp_path: Path, written: Written) -> None:
    path = written(small_log(), tmp_path / "log")
    raw = read_file(path)
    lines = query(f'SELECT "ocel:eid", ".line" FROM read_parquet(\'{raw.folder}/objects/events-*.parquet\') ORDER BY 2')
    assert [key for key, _ in lines] == ["e1", "e2", "e3", "e4", "e5"]
    if written is as_sqlite:
        assert [line for _, line in lines] == [1, 2, 3, 4, 5]
    else:
        text = path.read_text(encoding="utf-8").splitlines()
        for key, line in lines:
            assert any(f'"{key}"' in each for each in text[line - 1 : line + 1])


def test_the_report_is_about_the_chosen_type(tmp_path: Path) -> None:
    raw = read_file(as_json(small_log(), tmp_path / "log"))
    mapping = propose_mapping(raw).mapping
    assert load_report(raw, mapping).events_kept == 5
    other = load_report(raw, replace(mapping, object_type="investigation"))
    assert (other.events_kept, other.cases) == (2, 1)
    again = with_cases(raw, replace(mapping, object_type="investigation"))
    assert again.events == 2
    with pytest.raises(LogError) as caught:
        load_report(raw, replace(mapping, object_type="boat"))
    assert caught.value.code == "ocel-object-type"


def test_a_large_log_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.readers.ocel_store._PART_ROWS", 100)
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.readers.ocel_json._CHUNK", 37)
    log = ObjectLog(
        [(f"e{n}", "é step", "2024-01-01T10:00:00Z", {f"a{n % 3}": str(n)}, [(f"o{n % 50}", "")]) for n in range(950)],
        [(f"o{n}", "thing", [], []) for n in range(50)],
    )
    raw = read_file(as_json(log, tmp_path / "log"))
    found = query(
        'SELECT count(*), count(DISTINCT ".sequence"), count(a0), sum(a2), min("ocel:activity") '
        f"FROM read_parquet('{raw.events_glob}', union_by_name = true)"
    )
    assert found == [(950, 950, 317, sum(range(2, 950, 3)), "é step")]


@FORMS
def test_a_zipped_file_is_read_and_bounded(tmp_path: Path, written: Written) -> None:
    path = written(small_log(), tmp_path / "log")
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert refusal(path, max_bytes=500).code == "file-too-large"
    assert read_file(path).events == 5


@pytest.mark.parametrize("written", [as_json, as_xml])  # the database itself forbids it
def test_numbers_that_occur_twice_are_refused(tmp_path: Path, written: Written) -> None:
    log = small_log()
    log.events.append(log.events[0])
    assert refusal(written(log, tmp_path / "log")).code == "ocel-twice"
    log = small_log()
    log.objects.append(log.objects[0])
    error = refusal(written(log, tmp_path / "log"))
    assert (error.code, error.params["name"]) == ("ocel-twice", "object R1")


@FORMS
def test_a_log_without_events_or_ties_is_refused(tmp_path: Path, written: Written) -> None:
    assert refusal(written(ObjectLog([], small_log().objects), tmp_path / "log")).code == "log-empty"
    (tmp_path / "log").unlink()
    alone = [(key, kind, time, cells, []) for key, kind, time, cells, _ in small_log().events]
    assert refusal(written(ObjectLog(alone, small_log().objects), tmp_path / "log")).code == "ocel-no-cases"


@FORMS
def test_an_event_without_a_time_is_refused_with_its_line(tmp_path: Path, written: Written) -> None:
    log = small_log()
    key, kind, _, cells, tied = log.events[2]
    log.events[2] = (key, kind, "", cells, tied)
    error = refusal(written(log, tmp_path / "log"))
    assert (error.code, error.params) == ("ocel-incomplete", {"name": "time"})
    assert error.line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "ocel-kind"),
        ('{"events": [], "objects": ', "json-broken"),
        ('{"events": [{"id": "e1",}]}', "json-broken"),
        ('{"events": {"e1": 3}}', "json-broken"),
        ('{"ocel:global-log": {}}', "ocel-version"),
        ('{"objects": [3]}', "ocel-incomplete"),
        ('{"events": ' + "[" * 100_000, "json-broken"),
        ("[1, 2]", "json-broken"),
        ("<log><events/></log>", "ocel-kind"),
        ("<log><events></log>", "xes-broken"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log><events/><objects/></log>', "xes-entities"),
        ("<log><objects/><events><event><string/></event></events></log>", "ocel-incomplete"),
    ],
)
def test_what_is_no_object_centric_log_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "log").write_text(text, encoding="utf-8")
    assert refusal(tmp_path / "log").code == code


def test_the_line_where_json_breaks_is_named(tmp_path: Path) -> None:
    path = as_json(small_log(), tmp_path / "log")
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if '"e3"' in line)
    lines[place] = re.sub(",$", ";", lines[place])
    path.write_text("\n".join(lines), encoding="utf-8")
    assert refusal(path).line == place + 1


def test_damaged_databases_and_those_of_something_else_are_refused(tmp_path: Path) -> None:
    path = as_sqlite(small_log(), tmp_path / "log")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path).code == "sqlite-broken"
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (a)")
    connection.execute("CREATE VIEW event AS SELECT 1")
    connection.commit()
    connection.close()
    assert refusal(path).code == "sqlite-broken"


@pytest.mark.needs_shared
@pytest.mark.parametrize("filename", ["ocel20_example.sqlite", "ocel20_example.jsonocel"])
def test_the_examples_of_the_standard(shared: Path, tmp_path: Path, filename: str) -> None:
    raw = read(shared / "logs" / filename, tmp_path / "raw", filename=filename, sha256="0" * 64)
    counts = {each["name"]: (each["events"], each["objects"]) for each in raw.details["object_types"]}
    assert counts == {"Invoice": (9, 3), "Payment": (3, 3), "Purchase Order": (5, 2), "Purchase Requisition": (3, 1)}
    first = rows_of(raw, "Purchase Order")[0]
    assert first == ("PO1", "Create Purchase Order", 1_641_802_500_000_000)  # the database has it in local time
