"""The compiled scanner and the reader on expat give the same tables: on made logs of all shapes, and on real ones."""

from __future__ import annotations

import gzip
import re
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import example, given, settings

from tests.analysis.eventlogs.reading_objects import assert_same, log_of, read_both, read_text, rows_of
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.readers import xes
from zichtlijn.analysis.eventlogs.readers.xes_bytes import PADDING
from zichtlijn.analysis.eventlogs.readers.xes_numbers import NO_OFFSET, dates, floats, ints
from zichtlijn.analysis.eventlogs.readers.xes_parts import Unusual
from zichtlijn.analysis.eventlogs.readers.xes_values import decimal_number, moment, whole_number

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
TIMES = st.datetimes().map(lambda time: time.isoformat(timespec="auto")) | st.sampled_from(
    ["", "2024-02-30T00:00:00", "2024-02-29", "2024-01-01T24:00:00Z", "2024-01-01 08:30", "2024-01-01T10:00:00.5"]
)
ZONES = st.sampled_from(["", "Z", "+01:00", "-05:30", "+0200", "+99:00"])
VALUES = st.one_of(
    LETTERS,
    st.integers().map(str),
    st.floats().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.sampled_from(["true", "false", "TRUE", "1", "INF", "NaN", " 7 ", "1_0", "٣"]),
    st.tuples(TIMES, ZONES).map("".join),
)
NAMES = st.sampled_from(["string", "string", "date", "date", "int", "float", "boolean", "id", "list"])
KEYS = st.sampled_from(["concept:name", "time:timestamp", "é & <b>", ".line", "Key", "key"]) | LETTERS.filter(len)
BLANKS = st.sampled_from(["", "", "\n", " ", "\r\n\t", "\r", "<!-- c -->", "<!--\n-->"])


def quoted(text: str, quote: str) -> str:
    """An attribute value, escaped where it must be."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(quote, "&#34;" if quote == '"' else "&#39;")
    return quote + escaped + quote


@st.composite
def attributes(draw: st.DrawFn, depth: int = 0) -> str:
    """An attribute, written in one of the ways it may be, now and then with others in it."""
    if depth:  # with entities in what is left the scanner does not look at it
        return '<string key="inner" value="left"><values/></string>'
    name, quote = draw(NAMES), draw(st.sampled_from("\"'"))
    if name == "list":
        return f"<list key={quote}many{quote}>{draw(attributes(1))}</list>"
    parts = [f"key={quoted(draw(KEYS), quote)}", f"value={quoted(draw(VALUES), quote)}"]
    if draw(st.integers(0, 9)) == 0:
        parts.reverse()
    inside = draw(attributes(depth + 1)) if draw(st.integers(0, 5)) == 0 else ""
    tag = f"<{name} " + draw(st.sampled_from([" ", "\n", " \t"])).join(parts)
    return f"{tag}>{inside}</{name}>" if inside or draw(st.booleans()) else f"{tag}/>"


ATTRIBUTES = st.lists(st.tuples(attributes(), BLANKS).map("".join), max_size=4).map("".join)
EVENTS = st.tuples(BLANKS, ATTRIBUTES).map(lambda parts: f"<event>{''.join(parts)}</event>{parts[0]}")
TRACES = st.tuples(ATTRIBUTES, st.lists(EVENTS, max_size=5).map("".join), ATTRIBUTES).map(
    lambda parts: f"<trace>{''.join(parts)}</trace>"
)
LOGS = st.lists(TRACES, max_size=6).map(lambda traces: log_of("<trace><event/></trace>", *traces))


REPLACED = '<trace><float key="key" value="1E20"/><date key="key" value=""/></trace>'


@settings(max_examples=60, deadline=None)
@example(log_of("<trace><event/></trace>", REPLACED))
@given(LOGS)
def test_both_readers_give_the_same_tables(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_same(*read_text(text, Path(folder)))


@settings(max_examples=150, deadline=None)
@given(LOGS, st.integers(0, 10_000), st.sampled_from(["cut", "drop", "<", ">", "&", '"', "/", "x", "\x00", "é"]))
def test_what_is_broken_for_one_reader_is_broken_or_unusual_for_the_other(text: str, place: int, change: str) -> None:
    at = place % len(text)
    damaged = {"cut": text[:at], "drop": text[:at] + text[at + 1 :]}.get(change, text[:at] + change + text[at:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "log.xes"
        path.write_text(damaged, encoding="utf-8", newline="")
        parsed, scanned = outcome(path, folder, xes.parsed), outcome(path, folder, xes.scanned)
    if isinstance(scanned, RawLog):
        assert isinstance(parsed, RawLog), parsed
    elif isinstance(scanned, LogError):
        assert isinstance(parsed, LogError)
        assert (scanned.code, scanned.line) == (parsed.code, parsed.line)


def outcome(path: Path, folder: Path, reader: xes.Pass) -> RawLog | LogError | Unusual:
    """What comes of reading a file with one of the readers."""
    try:
        return xes.Reading(path, folder / reader.__name__, "x", "").to_the_end(reader)
    except (LogError, Unusual) as error:
        return error


@settings(max_examples=300, deadline=None)
@given(VALUES.filter(lambda value: value.isascii()))
def test_compiled_numbers_and_times_are_those_of_the_slow_readers_or_left_to_them(value: str) -> None:
    raw = value.encode()
    text = np.frombuffer(raw + PADDING, np.uint8)
    starts, lengths, status = np.zeros(1, np.int64), np.array([len(raw)], np.int32), np.zeros(1, np.uint8)
    whole, decimal, offsets = np.zeros(1, np.int64), np.zeros(1), np.full(1, NO_OFFSET, np.int32)
    ints(text, starts, lengths, whole, status)
    assert not status[0] or whole[0] == whole_number(value)
    status[:] = 0
    floats(text, starts, lengths, decimal, status)
    assert not status[0] or decimal.tobytes() == np.float64(decimal_number(value)).tobytes()
    status[:] = 0
    dates(text, starts, lengths, whole, offsets, status)
    offset = None if offsets[0] == NO_OFFSET else int(offsets[0])
    assert not status[0] or (int(whole[0]), offset) == moment(value)


@pytest.mark.parametrize("value", ["2024-02-29T13:45:00.123+01:00", "1999-12-31T23:59:59Z", "2024-01-01T00:00:00"])
def test_usual_times_are_read_by_the_compiled_reader(value: str) -> None:
    text, status = np.frombuffer(value.encode() + PADDING, np.uint8), np.zeros(1, np.uint8)
    values, offsets = np.zeros(1, np.int64), np.full(1, NO_OFFSET, np.int32)
    dates(text, np.zeros(1, np.int64), np.array([len(value)], np.int32), values, offsets, status)
    assert status[0] == 1


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "BPI2012_W_start_end",
        "BPI2020_PermitLog",
        "bpic2013_incidents",
        "fairness_hospital_log_high",
        "receipt_CoSeLoG",
    ],
)
def test_real_logs_are_read_alike_and_whole(name: str, shared: Path, tmp_path: Path) -> None:
    path = shared / "logs" / f"{name}.xes.gz"
    scanned, parsed = read_both(path, tmp_path)
    assert_same(scanned, parsed)
    text = gzip.decompress(path.read_bytes())
    assert scanned.events == len(re.findall(rb"<event[\s>]", text))
    assert scanned.cases == len(re.findall(rb"<trace[\s>]", text))
    assert not scanned.problems
    lines = text.split(b"\n")
    assert all(b"<event" in lines[row[".line"] - 1] for row in rows_of(scanned)[:: scanned.events // 50])
