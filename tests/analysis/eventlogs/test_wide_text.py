"""A table in UTF-16 without a mark at its beginning is read when it is clearly so, and refused in words otherwise."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.readers import read_log
from zichtlijn.analysis.eventlogs.readers.sniffing import kind_of
from zichtlijn.analysis.eventlogs.readers.wide_text import seems_wide, wide_encoding

TABLE = "zaaknummer;activiteit;tijdstip\n" + "1;geïnd één;2024-01-01 09:00\n" * 40
CYRILLIC = "дело;действие;время\n" + "1;принято;2024-01-01\n" * 40
WIDE = ["utf-16-le", "utf-16-be"]


def refusal(path: Path, data: bytes) -> LogError:
    """Of a file with these bytes."""
    path.write_bytes(data)
    with pytest.raises(LogError) as caught:
        read_log(path, path.with_name("raw"))
    assert not path.with_name("raw").exists()
    return caught.value


@pytest.mark.parametrize("encoding", [*WIDE, "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_table_in_utf_16_is_read(encoding: str, packed: bool, tmp_path: Path) -> None:
    path, data = tmp_path / ("log.csv.gz" if packed else "log.csv"), TABLE.encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    assert kind_of(path, path.name) == "delimited"
    raw = read_log(path, tmp_path / "raw")
    with duckdb.connect() as database:
        found = database.execute(f"SELECT DISTINCT activiteit, hour(tijdstip) FROM '{raw.events_glob}'").fetchall()
    assert (raw.events, found) == (40, [("geïnd één", 9)])


@pytest.mark.parametrize("encoding", WIDE)
def test_what_may_be_utf_16_but_not_clearly_is_refused_with_what_to_do(encoding: str, tmp_path: Path) -> None:
    error = refusal(tmp_path / "log.csv", CYRILLIC.encode(encoding))
    assert error.code == "utf-16-unsaid"
    assert "UTF-8" in str(error)


def test_utf_16_that_ends_in_half_a_letter_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refusal(tmp_path / "log.csv", TABLE.encode("utf-16-le")[:-1])
    assert (error.code, error.line) == ("utf-16-unsaid", 41)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 50, b"a;b\n1;\x002\n", b"\x00" * 3000, b"\x00\x01\x00\x00" * 900],
)
def test_other_files_with_zeros_are_of_no_known_kind(data: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path / "log.csv", data).code == "file-unknown"


@pytest.mark.parametrize("data", [b"", b"a", TABLE.encode(), TABLE.encode("cp1252")])
def test_other_text_is_not_taken_for_utf_16(data: bytes) -> None:
    assert wide_encoding(data) is None
    assert not seems_wide(data)
