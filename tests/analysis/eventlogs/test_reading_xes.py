"""What is read of an XES log, by either reader."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.analysis.eventlogs.reading_objects import (
    HEAD,
    TWO_EVENTS,
    assert_same,
    event,
    log_of,
    read_both,
    read_text,
    rows_of,
)
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import read_log, xes
from zichtlijn.analysis.eventlogs.readers.xes_parts import Unusual


def both(text: str | bytes, folder: Path) -> RawLog:
    """Read by both readers, which must agree."""
    scanned, parsed = read_text(text, folder)
    assert_same(scanned, parsed)
    return scanned


def parsed_only(text: str, folder: Path) -> RawLog:
    """Read by the reader on expat, after the scanner said that it is not for it."""
    with pytest.raises(Unusual):
        read_text(text, folder / "first")
    path = folder / "log.xes"
    path.write_text(text, encoding="utf-8")
    return read_log(path, folder / "raw")


def test_events_stand_in_the_order_of_the_file_with_line_and_trace(tmp_path: Path) -> None:
    log = both(log_of(TWO_EVENTS, TWO_EVENTS.replace("A1", "A2")), tmp_path)
    rows = rows_of(log)
    assert [row[".sequence"] for row in rows] == [0, 1, 2, 3]
    assert [row[".trace"] for row in rows] == [0, 0, 1, 1]
    assert [row[".line"] for row in rows] == [3, 4, 6, 7]
    assert [row["concept:name"] for row in rows] == ["in", "out", "in", "out"]
    assert rows_of(log, "cases") == [{".trace": 0, "concept:name": "A1"}, {".trace": 1, "concept:name": "A2"}]
    assert (log.events, log.cases, log.file_format) == (4, 2, "xes")


def test_every_type_of_attribute_becomes_a_column_of_its_type(tmp_path: Path) -> None:
    attributes = (
        '<string key="text" value="één"/>',
        '<int key="number" value="-12"/>',
        '<float key="amount" value="0.1"/>',
        '<boolean key="urgent" value="true"/>',
        '<id key="reference" value="f81d4fae-7dec-11d0-a765-00a0c91e6bf6"/>',
        '<date key="at" value="2024-03-31T02:30:00.123456+02:00"/>',
        '<date key="local" value="2024-03-31T02:30:00"/>',
    )
    log = both(log_of("<trace>" + event(*attributes) + "</trace>"), tmp_path)
    assert log.event_columns == {
        "text": "string",
        "number": "int64",
        "amount": "double",
        "urgent": "bool",
        "reference": "string",
        "at": "timestamp[us, tz=UTC]",
        "local": "timestamp[us]",
    }
    row = rows_of(log)[0]
    assert (row["text"], row["number"], row["amount"], row["urgent"]) == ("één", -12, 0.1, True)
    assert row["at"] == datetime(2024, 3, 31, 0, 30, 0, 123456, UTC)
    assert row["local"] == datetime(2024, 3, 31, 2, 30)  # noqa: DTZ001
    assert log.details["offsets"] == {"+02:00": 1}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Jansen &amp; Zn.", "Jansen & Zn."),
        ("&#233;&#xe9;&#x1F600;", "éé😀"),
        ("&lt;b&gt; &quot;x&quot; &apos;y&apos;", "<b> \"x\" 'y'"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("a&#10;b", "a\nb"),
        ("it's", "it's"),
        ("> / = ]]", "> / = ]]"),
        ("", ""),
    ],
)
def test_values_are_what_their_escapes_stand_for(written: str, meant: str, tmp_path: Path) -> None:
    attribute = f'<string key="k" value="{written}"/>'
    log = both(log_of(f"<trace>{event(attribute)}</trace>"), tmp_path)
    assert rows_of(log)[0]["k"] == meant


def test_entries_that_are_the_same_after_unescaping_stay_right(tmp_path: Path) -> None:
    values = ["a&amp;b", "a&#38;b", "a&amp;b", "c"]
    events = [event(f'<string key="k" value="{value}"/>') for value in values]
    log = both(log_of("<trace>" + "".join(events) + "</trace>"), tmp_path)
    assert [row["k"] for row in rows_of(log)] == ["a&b", "a&b", "a&b", "c"]


def test_tags_may_be_written_in_any_way(tmp_path: Path) -> None:
    ways = [
        '<string key="k" value="1"/>',
        "<string key='k' value='2'/>",
        '<string value="3" key="k"/>',
        '<string\n\tkey = "k"\n\tvalue\t=\t"4"\n/>',
        '<string key="k" value="5"></string>',
        '<string key="k" value="6" >\n</string >',
        '<x:string key="k" value="7"/>',
        '<!-- a > comment - with <tags/> --><string key="k" value="8"/><!---->',
        "<string key='k' value='\"9\"'/>",
    ]
    log = both(log_of("<trace >" + "".join(f"<event\n>{way}</event >" for way in ways) + "</trace\n>"), tmp_path)
    assert [row["k"].strip('"') for row in rows_of(log)] == [str(number) for number in range(1, 10)]


def test_a_prefix_of_the_namespace_is_no_part_of_the_name(tmp_path: Path) -> None:
    text = (
        '<x:log xmlns:x="http://www.xes-standard.org"><x:trace><x:event><x:int key="n" value="3"/></x:event></x:trace>'
    )
    assert rows_of(both(text + "</x:log>", tmp_path))[0]["n"] == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_the_encoding_is_that_of_the_mark_or_the_declaration(encoding: str, tmp_path: Path) -> None:
    declared = {"utf-8-sig": "utf-8", "latin-1": "ISO-8859-1", "cp1252": "windows-1252"}.get(encoding, encoding)
    text = log_of("<trace>" + event('<string key="naam" value="café"/>') * 3 + "</trace>")
    log = both(text.replace("UTF-8", declared).encode(encoding), tmp_path)
    assert [row["naam"] for row in rows_of(log)] == ["café"] * 3


def test_what_the_log_says_of_itself_is_kept_and_defaults_are_not_filled_in(tmp_path: Path) -> None:
    head = (
        '<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>'
        '<global scope="event"><string key="org:role" value="nobody"/></global>'
        '<classifier name="Activity" keys="concept:name"/><string key="source" value="demo"/>'
    )
    log = both(HEAD + head + TWO_EVENTS + "</log>", tmp_path)
    assert log.details["version"] == "1849-2016"
    assert log.details["extensions"][0]["prefix"] == "time"
    assert log.details["classifiers"] == [{"name": "Activity", "keys": "concept:name"}]
    assert log.details["globals"] == {"event": [{"type": "string", "key": "org:role", "value": "nobody"}]}
    assert log.details["attributes"] == {"source": "demo"}
    assert "org:role" not in log.event_columns
    assert json.loads((log.folder / "raw.json").read_text(encoding="utf-8"))["details"] == log.details


def test_nested_values_are_left_and_counted_where_they_are(tmp_path: Path) -> None:
    nested = (
        '<string key="top" value="kept">\n<string key="in" value="left"><int key="deep" value="1"/></string>\n</string>'
    )
    listed = '\n<list key="many"><values><string key="one" value="1"/><string key="two" value="2"/></values></list>'
    log = both(log_of("<trace>" + event(nested, listed, '<container key="c"/>') + "</trace>"), tmp_path)
    assert rows_of(log)[0]["top"] == "kept"
    assert set(log.event_columns) == {"top"}
    assert [(each.code, each.count, each.places) for each in log.problems] == [("nested-values", 3, ("3", "6", "6"))]


def test_a_value_that_cannot_be_read_is_null_and_reported_by_line(tmp_path: Path) -> None:
    values = ["12", "twelve", "", "9223372036854775808", "+7"]
    events = "\n".join(event(f'<int key="n" value="{value}"/>') for value in values)
    log = both(log_of(f"<trace>{events}</trace>"), tmp_path)
    assert [row.get("n") for row in rows_of(log)] == [12, None, None, None, 7]
    assert [(each.code, each.count, each.places, each.detail) for each in log.problems] == [
        ("value-unreadable", 3, ("4", "5", "6"), "n")
    ]


@pytest.mark.parametrize(
    ("attributes", "column", "values"),
    [
        (['<int key="k" value="007"/>', '<string key="k" value="x"/>'], "string", ["007", "x"]),
        (['<int key="k" value="7"/>', '<float key="k" value="0.5"/>'], "double", [7.0, 0.5]),
        (
            ['<date key="k" value="2024-01-01T00:00:00Z"/>', '<date key="k" value="2024-01-01T00:00:00"/>'],
            "string",
            ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00"],
        ),
        (['<boolean key="k" value="true"/>', '<int key="k" value="7"/>'], "string", ["true", "7"]),
    ],
)
def test_an_attribute_with_several_kinds_of_values_becomes_one_column(
    attributes: list[str], column: str, values: list[object], tmp_path: Path
) -> None:
    log = both(log_of("<trace>" + "".join(event(each) for each in attributes) + "</trace>"), tmp_path)
    assert log.event_columns["k"] == column
    assert [row["k"] for row in rows_of(log)] == values
    assert ("mixed-kinds", "k") in [(each.code, each.detail) for each in log.problems]


def test_the_last_of_repeated_attributes_counts(tmp_path: Path) -> None:
    repeated = event('<string key="k" value="first"/>\n', '<string key="k" value="last"/>')
    log = both(log_of("<trace>" + repeated + "</trace>"), tmp_path)
    assert rows_of(log)[0]["k"] == "last"
    assert [(each.code, each.count, each.places, each.detail) for each in log.problems] == [
        ("attribute-repeated", 1, ("4",), "k")
    ]


def test_columns_of_our_own_are_not_overwritten(tmp_path: Path) -> None:
    log = both(log_of("<trace>" + event('<string key=".sequence" value="x"/>') + "</trace>"), tmp_path)
    assert rows_of(log) == [{".sequence": 0, ".line": 3, ".trace": 0, ".sequence (XES)": "x"}]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<trace><event><string key='k'/></event></trace>", "attribute-incomplete"),
        ("<trace><event><string value='k'/></event></trace>", "attribute-incomplete"),
        ("<trace><event><duration key='k' value='P1D'/></event></trace>", "element-unknown"),
        ("<event><string key='k' value='x'/></event>", "event-outside-trace"),
    ],
)
def test_what_is_not_quite_xes_is_read_with_a_problem(inside: str, code: str, tmp_path: Path) -> None:
    log = parsed_only(log_of(TWO_EVENTS, inside), tmp_path)
    assert log.events == 3
    assert [(each.code, each.count, each.places) for each in log.problems] == [(code, 1, ("6",))]


@pytest.mark.parametrize(
    "inside",
    ["<![CDATA[<event>]]>", "<?note for nobody?>", "some words", "<trace xml:id='x'><event/></trace>", "<event/>"],
)
def test_corners_of_xml_are_left_to_the_other_reader(inside: str, tmp_path: Path) -> None:
    log = parsed_only(log_of(TWO_EVENTS, inside), tmp_path)
    assert rows_of(log)[0]["concept:name"] == "in"


def test_attributes_of_a_case_may_come_after_its_events(tmp_path: Path) -> None:
    late = '<trace><event><int key="n" value="1"/></event><string key="name" value="late"/><event/></trace>'
    log = both(log_of(late, "<trace/>", "<trace></trace>"), tmp_path)
    assert rows_of(log, "cases") == [{".trace": 0, "name": "late"}, {".trace": 1}, {".trace": 2}]
    assert [row.get("n") for row in rows_of(log)] == [1, None]


def test_a_gzipped_log_of_several_members_is_one_log(tmp_path: Path) -> None:
    text = log_of(TWO_EVENTS).encode()
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(text[:200]) + gzip.compress(text[200:]) + bytes(100))
    log = read_log(path, tmp_path / "raw", filename="upload.bin")
    assert (log.events, log.filename) == (2, "upload.bin")


def test_progress_goes_from_little_to_all(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(log_of(*[TWO_EVENTS] * 70_000), encoding="utf-8")
    told: list[tuple[float, int]] = []
    read_log(path, tmp_path / "raw", progress=lambda share, events: told.append((share, events)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (1.0, 140_000)


def test_blocks_end_where_traces_end_wherever_the_text_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    traces = [TWO_EVENTS.replace("A1", f"A{number}&amp;") * (1 + number % 3) for number in range(40)]
    path = tmp_path / "log.xes"
    path.write_text(log_of(*traces), encoding="utf-8")
    whole = xes.Reading(path, tmp_path / "whole", "x", "").to_the_end(xes.parsed)
    for size in (97, 600, 5000):
        monkeypatch.setattr(xes, "BLOCK_BYTES", size)
        assert_same(xes.Reading(path, tmp_path / f"cut-{size}", "x", "").to_the_end(xes.scanned), whole)


@pytest.mark.parametrize(("attributes", "values"), [(1100, 1200), (3, 140_000)])
def test_there_is_room_for_more_attributes_and_values_than_at_first(
    attributes: int, values: int, tmp_path: Path
) -> None:
    events = [event(f'<string key="key {n % attributes}" value="value {n}"/>') for n in range(values)]
    path = tmp_path / "log.xes"
    path.write_text(log_of("<trace>" + "\n".join(events) + "</trace>"), encoding="utf-8")
    scanned, parsed = read_both(path, tmp_path)
    assert (len(scanned.event_columns), scanned.events) == (attributes, values)
    assert_same(scanned, parsed)
