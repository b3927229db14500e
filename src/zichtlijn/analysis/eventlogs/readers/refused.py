"""What can be wrong with a table, a workbook or an object-centric log: one message for each."""

from __future__ import annotations

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

MESSAGES = {
    "not-text": gettext_noop("The file is not text and not a file of a known kind."),
    "encoding-broken": gettext_noop("The text is not in the encoding that the file says it has: %(encoding)s."),
    "no-columns": gettext_noop("No columns are found: the first line holds one name only."),
    "no-header": gettext_noop("The first line holds values, not the names of the columns: “%(value)s”."),
    "column-twice": gettext_noop("The column “%(name)s” occurs twice."),
    "no-rows": gettext_noop("The file has names of columns, but no rows."),
    "fields": gettext_noop("The line has another number of fields (%(found)s) than there are columns (%(expected)s)."),
    "fields-over-lines": gettext_noop(
        "The record runs over several lines and has another number of fields (%(found)s) than there are columns "
        "(%(expected)s). Is there a quotation mark too many or too few?"
    ),
    "parquet-broken": gettext_noop("The Parquet file is damaged, or of a kind that cannot be read."),
    "ocel-kind": gettext_noop("The file has no events and objects as OCEL 2.0 describes them."),
    "ocel-version": gettext_noop("The file is an object-centric log of an older kind; only OCEL 2.0 is read."),
    "ocel-incomplete": gettext_noop("An event or object has no %(name)s."),
    "ocel-twice": gettext_noop("The %(name)s occurs more than once."),
    "ocel-object-type": gettext_noop("The log has no objects of the type %(name)s with events."),
    "ocel-no-cases": gettext_noop("No event names an object, so there are no cases."),
    "json-broken": gettext_noop("The JSON is broken: %(reason)s."),
    "sqlite-broken": gettext_noop("The database is damaged, or has not the tables of OCEL 2.0: %(reason)s."),
    "workbook-broken": gettext_noop("The file is damaged, or not a workbook of the kind XLSX."),
    "workbook-encrypted": gettext_noop("The workbook is locked with a password, or of the old kind XLS."),
    "workbook-external": gettext_noop("The workbook takes values from other files; save it with the values only."),
    "workbook-sheet": gettext_noop("The workbook has no sheet %(name)s."),
    "workbook-no-table": gettext_noop("No sheet of the workbook begins with a row of names of columns."),
    "quote-inside": gettext_noop("There is text behind a closing quotation mark in a record of several lines."),
    "field-broken": gettext_noop("A field cannot be read, or is longer than eight million characters."),
    "quote-open": gettext_noop("A quotation mark is opened and never closed."),
}


def refused(code: str, line: int | None = None, **params: object) -> LogError:
    """The error of a code, ready to be raised."""
    return LogError(code, MESSAGES[code], line, **params)
