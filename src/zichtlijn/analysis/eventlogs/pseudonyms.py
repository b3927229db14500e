"""Pseudonyms for case numbers: the same number and key always give the same one, and without the key nobody can tell.

HMAC-SHA-256 (RFC 2104) over the number as text in UTF-8, of which the first 130 bits as 26 letters and digits (base 32
of RFC 4648). So files of two organisations that used the same key can still be tied together. Numbers are few and easy
to try, so the key is what protects them: it is given each time and never stored, and the raw log, in which the numbers
still are, must be deleted once the log is prepared, together with the file that was uploaded. The load report names
no cases, only lines.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

LENGTH = 26
LEAST_KEY = 16  # bytes
_ROWS_AT_ONCE = 200_000
_BYTES = 17  # the 130 bits of 26 letters are in these
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_AT_ONCE = 100_000


KEY_SHORT = gettext_noop("The key for pseudonyms must have at least %(least)s characters.")


def check_key(key: bytes) -> None:
    """Raises LogError for a key that can be guessed."""
    if len(key) < LEAST_KEY:
        raise LogError("key-short", KEY_SHORT, least=LEAST_KEY)


def key_check(key: bytes) -> str:
    """Tells one key from another: the pseudonym of no number at all."""
    return pseudonym("", key)


def pseudonym(number: str, key: bytes) -> str:
    """Of one case number."""
    return base64.b32encode(hmac.digest(key, number.encode(), "sha256")[:_BYTES])[:LENGTH].decode("ascii")


def pseudonyms(numbers: pa.Array | pa.ChunkedArray, key: bytes) -> pa.Array:
    """Of many; null stays null, and each different number is computed once."""
    together = numbers.combine_chunks() if isinstance(numbers, pa.ChunkedArray) else numbers
    coded = pc.dictionary_encode(together)
    texts = coded.dictionary.to_pylist()
    parts = [_lettered(texts[start : start + _AT_ONCE], key) for start in range(0, len(texts), _AT_ONCE)]
    return pc.take(pa.concat_arrays(parts) if parts else pa.array([], pa.string()), coded.indices)


def _lettered(numbers: list[str], key: bytes) -> pa.Array:
    """As ``pseudonym``, with the letters made for all numbers together."""
    digests = b"".join([hmac.digest(key, number.encode(), "sha256")[:_BYTES] for number in numbers])
    bits = np.unpackbits(np.frombuffer(digests, np.uint8).reshape(-1, _BYTES), axis=1)[:, : LENGTH * 5]
    places = bits.reshape(-1, LENGTH, 5) @ np.array([16, 8, 4, 2, 1], np.uint8)
    letters = np.frombuffer(_ALPHABET, np.uint8)[places].tobytes()
    fixed = pa.FixedSizeBinaryArray.from_buffers(pa.binary(LENGTH), len(numbers), [None, pa.py_buffer(letters)])
    return pc.cast(pc.cast(fixed, pa.binary()), pa.string())


def pseudonymised_sql(
    connection: duckdb.DuckDBPyConnection, typed_rows: str, key: bytes, table: str = "pseudonyms"
) -> str:
    """The SELECT ``typed_rows`` (see ``typed_rows_sql``) with pseudonyms for ``case_key``.

    Makes the temporary ``table`` (case_key, pseudonym) in ``connection``: drop it, or close the connection, when the
    rows were taken. Memory: one row per case. Raises LogError for a key that is too short.
    """
    check_key(key)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (case_key VARCHAR, pseudonym VARCHAR)")
    with connection.cursor() as reading:
        found = reading.sql(f"SELECT DISTINCT case_key FROM ({typed_rows}) WHERE case_key IS NOT NULL")  # noqa: S608
        batches: Any = found.to_arrow_reader(_ROWS_AT_ONCE)
        for batch in batches:
            rows = pa.table({"case_key": batch[0], "pseudonym": pseudonyms(batch[0], key)})
            connection.register("pseudonyms_to_add", rows)
            connection.execute(f"INSERT INTO {table} FROM pseudonyms_to_add")
            connection.unregister("pseudonyms_to_add")
    return (
        f"SELECT r.* REPLACE (p.pseudonym AS case_key) FROM ({typed_rows}) r "  # noqa: S608
        f"LEFT JOIN {table} p ON r.case_key = p.case_key"
    )
