"""Numbers for texts that do not depend on anything else, made with MD5."""

from __future__ import annotations

import hashlib


def number_of_text(text: str) -> int:
    """63 bits of the MD5 of a text in UTF-8: the last eight bytes, lowest first, without the lowest bit."""
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


def number_sql(text: str) -> str:
    """The same as SQL for DuckDB; ``md5_number`` is the quickest of its forms of MD5."""
    return f"(md5_number({text}) >> 65)::BIGINT"
