"""Figures that an organisation states about its own waiting list, read from the rows of a table or from JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from collections.abc import Mapping as Values
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

What = Literal["level", "inflow", "outflow", "mean-wait", "longest-wait"]
WHATS: tuple[What, ...] = get_args(What)
NAMES: dict[What, str] = {
    "level": gettext_noop("Cases that wait"),
    "inflow": gettext_noop("Cases that came in"),
    "outflow": gettext_noop("Cases that were taken up"),
    "mean-wait": gettext_noop("Days that those who wait have waited, on average"),
    "longest-wait": gettext_noop("Days that the one who waits longest has waited"),
}
OF_A_PERIOD: tuple[What, ...] = ("inflow", "outflow")

# What stands above a column or in the column of what is stated, in Dutch or English, without capitals.
HEADINGS = {
    "date": "on", "datum": "on", "op": "on", "on": "on", "peildatum": "on",
    "since": "since", "sinds": "since", "vanaf": "since",
    "organisation": "organisation", "organisatie": "organisation",
    "region": "region", "regio": "region",
    "what": "what", "wat": "what",
    "value": "value", "waarde": "value", "aantal": "value",
    "source": "source", "bron": "source",
}  # fmt: skip
DUTCH: dict[str, What] = {
    "stand": "level",
    "aantal wachtenden": "level",
    "instroom": "inflow",
    "uitstroom": "outflow",
    "gemiddelde wachttijd": "mean-wait",
    "langste wachttijd": "longest-wait",
}
_COLUMNS = {
    "on": "date (datum)",
    "organisation": "organisation (organisatie)",
    "what": "what (wat)",
    "value": "value (waarde)",
}
LONGEST = 500
"""Signs of a text; the largest value is ``MOST``."""
MOST = 1e9
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Statement:
    """``value`` in cases or days, ``on`` a day; inflow and outflow are of the days ``since`` up to and with ``on``.

    ``region`` None: all together. ``source``: where the organisation states it. ``row``: its number, from 1.
    """

    on: date
    organisation: str
    what: What
    value: float
    region: str | None = None
    since: date | None = None
    source: str = ""
    row: int = 0


def read_rows(rows: Iterable[Values[str, Any]]) -> tuple[Statement, ...]:
    """Rows of a table, by the heading of their column (see ``HEADINGS``); empty rows are skipped.

    Raises LogError with the number of the first row that cannot be read; then nothing is read.
    """
    return read_numbered(enumerate(rows, start=1))


def read_numbered(rows: Iterable[tuple[int, Values[str, Any]]]) -> tuple[Statement, ...]:
    """The same of rows that bring their number, such as the line of the file they stand on."""
    return tuple(_statement(row, number) for number, row in rows if any(_told(value) for value in row.values()))


def read_json(path: Path) -> tuple[Statement, ...]:
    """A file with a list of objects with the same names. Raises LogError when it is something else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        message = gettext_noop("The file is not JSON.")
        raise LogError("statements-file", message, error.lineno) from error
    except (OSError, ValueError, RecursionError) as error:
        raise LogError("statements-file", gettext_noop("The file cannot be read as JSON.")) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LogError("statements-file", gettext_noop("The file does not hold a list of statements."))
    return read_rows(rows)


def _statement(row: Values[str, Any], number: int) -> Statement:
    found = _fields(row, number)
    missing = [name for name in ("on", "organisation", "what", "value") if name not in found]
    if missing:
        message = gettext_noop("Row %(row)s has no value in the column: %(names)s.")
        names = ", ".join(_COLUMNS[name] for name in missing)
        raise LogError("statement-missing", message, number, row=number, names=names)
    what = _what(str(found["what"]), number)
    since = _date(found["since"], number) if "since" in found else None
    on = _date(found["on"], number)
    if what in OF_A_PERIOD and since is None:
        message = gettext_noop("Row %(row)s states a number of a period; since when is not said.")
        raise LogError("statement-period", message, number, row=number)
    if since is not None and since > on:
        message = gettext_noop("The period of row %(row)s ends before it begins.")
        raise LogError("statement-order", message, number, row=number)
    region = _text(found["region"], number) if "region" in found else None
    return Statement(
        on,
        _text(found["organisation"], number),
        what,
        _number(found["value"], number),
        region,
        since,
        _text(found.get("source", ""), number),
        number,
    )


def _fields(row: Values[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for heading, value in row.items():
        field = HEADINGS.get(str(heading).strip().lower())
        if field is None:
            message = gettext_noop("Row %(row)s has an unknown column: %(name)s.")
            raise LogError("statement-column", message, number, row=number, name=heading)
        if _told(value):
            found[field] = value
    return found


def _told(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _text(value: Any, number: int) -> str:
    text = str(value).strip()
    if len(text) > LONGEST or not text.isprintable():
        message = gettext_noop("Row %(row)s has a text that is too long or holds signs that cannot be shown.")
        raise LogError("statement-text", message, number, row=number)
    return text


def _what(text: str, number: int) -> What:
    known = {name: name for name in WHATS} | DUTCH
    if text.strip().lower() not in known:
        message = gettext_noop("Row %(row)s states something that cannot be checked: %(value)s.")
        raise LogError("statement-what", message, number, row=number, value=text)
    return known[text.strip().lower()]


def _date(value: Any, number: int) -> date:
    """A date of a workbook, ``2023-12-31`` or ``31-12-2023``."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if written := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, written.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError as error:
        message = gettext_noop("Row %(row)s has a date that cannot be read: %(value)s.")
        raise LogError("statement-date", message, number, row=number, value=text) from error


def _number(value: Any, number: int) -> float:
    """A number, also as written in Dutch: ``1.250`` is a thousand two hundred and fifty, ``12,5`` twelve and a half."""
    text = str(value).strip()
    if isinstance(value, str) and _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = float("nan")
    if isinstance(value, bool) or not 0 <= found <= MOST:
        message = gettext_noop("Row %(row)s has a value that is not a number from 0: %(value)s.")
        raise LogError("statement-value", message, number, row=number, value=value)
    return found
