"""Case numbers can be replaced by what nobody without the key can turn back."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tests.analysis.eventlogs.raw_logs import SIMPLE, raw_log
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.pseudonyms import LENGTH, check_key, pseudonym, pseudonymised_sql, pseudonyms
from zichtlijn.analysis.eventlogs.typed_rows import typed_rows_sql

KEY, OTHER = b"a key of sixteen and more", b"another key of sixteen and more"


def test_the_same_key_gives_the_same_pseudonym_and_another_key_another() -> None:
    assert pseudonym("Z00001", KEY) == pseudonym("Z00001", KEY) != pseudonym("Z00001", OTHER)
    assert pseudonym("Z00001", KEY) != pseudonym("Z00002", KEY)


def test_it_is_the_start_of_the_hmac_in_letters() -> None:
    whole = base64.b32encode(hmac.new(KEY, "zaak é".encode(), hashlib.sha256).digest()).decode()
    assert pseudonym("zaak é", KEY) == whole[:LENGTH]
    assert len(pseudonym("zaak é", KEY)) == 26


def test_many_at_once_keep_their_places_and_what_is_missing() -> None:
    numbers = ["b", None, "a", "b"]
    expected = [None if number is None else pseudonym(number, KEY) for number in numbers]
    assert pseudonyms(pa.array(numbers), KEY).to_pylist() == expected
    assert pseudonyms(pa.chunked_array([numbers[:2], numbers[2:]]), KEY).to_pylist() == expected


def test_a_short_key_is_refused() -> None:
    with pytest.raises(LogError) as caught:
        check_key(b"geheim")
    assert caught.value.code == "key-short"


def test_typed_rows_get_pseudonyms_and_nothing_else_changes(tmp_path: Path) -> None:
    values = {"case": ["a", "b", "a", None], "activity": ["x"] * 4, "time": ["2024-01-01"] * 4}
    typed = typed_rows_sql(raw_log(tmp_path / "raw", values), SIMPLE)
    with duckdb.connect() as connection:
        query = pseudonymised_sql(connection, typed, KEY)
        before = connection.execute(f"SELECT * FROM ({typed}) ORDER BY sequence").fetchall()
        after = connection.execute(f"SELECT * FROM ({query}) ORDER BY sequence").fetchall()
        names = [each[0] for each in connection.execute(f"DESCRIBE {query}").fetchall()]
    place = names.index("case_key")
    assert [row[place] for row in after] == [pseudonym("a", KEY), pseudonym("b", KEY), pseudonym("a", KEY), None]
    assert [row[:place] + row[place + 1 :] for row in after] == [row[:place] + row[place + 1 :] for row in before]
