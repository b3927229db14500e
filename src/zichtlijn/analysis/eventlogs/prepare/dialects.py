"""The few words in which the SQL of DuckDB and of Spark differ; all other SQL of windows is the same for both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """How an engine writes: a name that may be a word of SQL, the last known value of a column in a window, exclusive
    or of two int64, and the number of a text (see ``number_of_text``)."""

    name: str
    quote: str
    last_known_form: str
    xor_form: str
    number_form: str

    def quoted(self, name: str) -> str:
        """The name of a column."""
        return f"{self.quote}{name}{self.quote}"

    def last_known(self, column: str) -> str:
        """To be followed by OVER."""
        return self.last_known_form.format(column=column)

    def xor(self, left: str, right: str) -> str:
        """The bits that are in one of both."""
        return self.xor_form.format(left=left, right=right)

    def number_of(self, text: str) -> str:
        """See ``number_of_text``."""
        return self.number_form.format(text=text)


def number_of_text(text: str) -> int:
    """63 bits of the MD5 of a text in UTF-8: the last eight bytes, lowest first, without the lowest bit."""
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


_SPARK_BYTES = ", ".join(f"substr(md5({{text}}), {place}, 2)" for place in range(31, 16, -2))
DUCKDB = Dialect(
    "duckdb", '"', "last_value({column} IGNORE NULLS)", "xor({left}, {right})", "(md5_number({text}) >> 65)::BIGINT"
)
SPARK = Dialect(
    "spark",
    "`",
    "last_value({column}, true)",
    "({left} ^ {right})",
    f"cast(cast(conv(concat({_SPARK_BYTES}), 16, 10) as decimal(20, 0)) div 2 as bigint)",
)
