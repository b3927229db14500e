"""What a column of text holds: whole numbers, fractions with a point or a comma, times as ISO or people write them.

A column gets a type only when every value of it can be read so, and when no two different texts become one value: case
number 007 and code 1.10 stay text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zichtlijn.analysis.eventlogs.model import Problem
from zichtlijn.analysis.eventlogs.named_months import PATTERN, as_iso

LOCAL, ZONED = pa.timestamp("us"), pa.timestamp("us", "UTC")
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_TRIED = 500  # values to try before a whole block

_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?"
_OFFSET = r"(?:Z|[+-]\d\d(?::?\d\d)?)"
_PARTS = rf"^\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d\d)(?:[T ]{_CLOCK})?$"
_REWRITES = (  # to two digits for day, month and hour and four for the year (as POSIX does: from 69 on 19..)
    (r"^(\d)([-/.])", r"0\1\2"),
    (r"^(\d\d[-/.])(\d)([-/.])", r"\10\2\3"),
    (r"([T ])(\d):", r"\10\2:"),
    (r"^(\d\d[-/.]\d\d[-/.])(69|[7-9]\d)($|[T ])", r"\119\2\3"),
    (r"^(\d\d[-/.]\d\d[-/.])(\d\d)($|[T ])", r"\120\2\3"),
)


def _whole(texts: pa.Array) -> pa.Array:
    return pc.cast(texts, pa.int64())


def _point(texts: pa.Array) -> pa.Array:
    return pc.cast(pc.replace_substring(texts, ",", ""), pa.float64())


def _comma(texts: pa.Array) -> pa.Array:
    return pc.cast(pc.replace_substring(pc.replace_substring(texts, ".", ""), ",", "."), pa.float64())


def _iso(texts: pa.Array) -> pa.Array:
    dashed = pc.replace_substring(pc.replace_substring(texts, ",", "."), "/", "-")
    at_most_micro = pc.replace_substring_regex(dashed, r"(\.\d{6})\d+", r"\1")
    return pc.cast(at_most_micro, LOCAL)


def _iso_zoned(texts: pa.Array) -> pa.Array:
    at_most_micro = pc.replace_substring_regex(pc.replace_substring(texts, ",", "."), r"(\.\d{6})\d+", r"\1")
    return pc.cast(at_most_micro, ZONED)


def _named(texts: pa.Array) -> pa.Array:
    return _iso(as_iso(texts))


def _by_parts(order: str) -> Callable[[pa.Array], pa.Array]:
    def convert(texts: pa.Array) -> pa.Array:
        for pattern, replacement in _REWRITES:
            texts = pc.replace_substring_regex(texts, pattern, replacement)
        return _iso(pc.replace_substring_regex(texts, r"^(\d\d)[-/.](\d\d)[-/.](\d{4})", order))

    return convert


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing values: how they look, and how they are read once they do."""

    name: str
    pattern: str
    type: pa.DataType
    convert: Callable[[pa.Array], pa.Array]

    def read(self, texts: pa.Array) -> pa.Array | None:
        """The values; None when one of them is not written so. Null stays null."""
        if pc.any(pc.invert(pc.match_substring_regex(texts, self.pattern))).as_py():
            return None
        try:
            return self.convert(texts)
        except pa.ArrowInvalid:  # it looks so, but the 31st of February does not exist
            return None


FORMS = (  # fractions of at most 15 digits: more does not fit in a double
    Form("whole", r"^(?:0|-?[1-9]\d{0,17})$", pa.int64(), _whole),
    Form("point", r"^-?(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?$", pa.float64(), _point),
    Form("point-amount", r"^-?(?:0|[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,11})\.\d\d$", pa.float64(), _point),
    Form("comma", r"^-?(?:0|[1-9]\d{0,8})(?:,\d{0,5}[1-9])?$", pa.float64(), _comma),
    Form("comma-amount", r"^-?(?:0|[1-9]\d{0,2}(?:\.\d{3}){1,3}|[1-9]\d{0,11}),\d\d$", pa.float64(), _comma),
    Form("iso", rf"^\d{{4}}[-/]\d\d[-/]\d\d(?:[T ]{_CLOCK})?$", LOCAL, _iso),
    Form("iso-zoned", rf"^\d{{4}}-\d\d-\d\d[T ]{_CLOCK}{_OFFSET}$", ZONED, _iso_zoned),
    Form("named-month", PATTERN, LOCAL, _named),
    Form(DAY_FIRST, _PARTS, LOCAL, _by_parts(r"\3-\2-\1")),
    Form(MONTH_FIRST, _PARTS, LOCAL, _by_parts(r"\3-\1-\2")),
)


def without_blanks(texts: pa.Array) -> pa.Array:
    """Spaces around a value taken off; what is then empty is null."""
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


@dataclass
class WrittenColumn:
    """Looks at a column block by block, and says at the end how its values are written.

    ``filled``: values seen until it was clear that they are text. ``offsets``: of times with a zone, how often each
    occurs. ``day_first``, ``month_first``: how many dates can only be read so, also when there is other text.
    """

    name: str
    forms: tuple[Form, ...] = FORMS
    filled: int = 0
    offsets: dict[str, int] = field(default_factory=dict)
    day_first: int = 0
    month_first: int = 0

    def look(self, texts: pa.Array) -> None:
        """Take the next values into account; of a column that is known to be text only whether it holds dates."""
        if self.filled and not self.forms and not (self.day_first or self.month_first):
            return
        texts = without_blanks(texts)
        filled = len(texts) - texts.null_count
        if not filled:
            return
        self._count_orders(texts)
        first = texts[:_TRIED]
        self.forms = tuple(form for form in self.forms if form.read(first) is not None)
        self.forms = tuple(form for form in self.forms if form.read(texts) is not None)
        self.filled += filled
        if self.form is not None and self.form.type == ZONED:
            found = pc.extract_regex(texts, rf"(?P<offset>{_OFFSET})$").field("offset")
            for pair in pc.value_counts(found.drop_null()).to_pylist():
                self.offsets[pair["values"]] = self.offsets.get(pair["values"], 0) + pair["counts"]

    def _count_orders(self, texts: pa.Array) -> None:
        dates = pc.match_substring_regex(texts[:_TRIED], _PARTS)
        if self.filled and not (self.day_first or self.month_first) and not pc.any(dates).as_py():
            return
        for name, pattern in (
            ("day_first", r"^(?:1[3-9]|2\d|3[01])[-/.]\d{1,2}[-/.]\d"),
            ("month_first", r"^\d{1,2}[-/.](?:1[3-9]|2\d|3[01])[-/.]\d"),
        ):
            setattr(self, name, getattr(self, name) + (pc.sum(pc.match_substring_regex(texts, pattern)).as_py() or 0))

    @property
    def form(self) -> Form | None:
        """None: text. Of day first and month first, the day, when nothing tells."""
        return self.forms[0] if self.forms and self.filled else None

    @property
    def day_or_month(self) -> bool:
        """Every date can be read both ways."""
        return len(self.forms) > 1 and {form.name for form in self.forms} == {DAY_FIRST, MONTH_FIRST}

    def read(self, texts: pa.Array) -> pa.Array:
        """Values of the type found; the same texts as were looked at."""
        form = self.form
        if form is None:
            return texts
        values = form.read(without_blanks(texts))
        if values is None:
            message = "The column has other values than when it was looked at."
            raise RuntimeError(message)
        return values


def written_problems(columns: list[WrittenColumn]) -> tuple[Problem, ...]:
    """What must be said about how dates were read."""
    both = [each for each in columns if each.day_first and each.month_first and each.form is None]
    return (
        *(Problem("day-or-month", each.filled, (), each.name) for each in columns if each.day_or_month),
        *(Problem("day-and-month", min(each.day_first, each.month_first), (), each.name) for each in both),
    )


def written_details(columns: list[WrittenColumn]) -> dict[str, Any]:
    """For ``RawLog.details``: columns with the month first, and the offsets of times with a zone."""
    offsets: Counter[str] = Counter()
    for each in columns:
        if each.form is not None and each.form.type == ZONED:
            offsets.update(each.offsets)
    details: dict[str, Any] = {
        "month_first": [each.name for each in columns if each.form is None and each.month_first > each.day_first],
        "offsets": dict(sorted(offsets.items())),
    }
    return {key: value for key, value in details.items() if value}
