"""What can be wrong with a file that should be an event log: one message for each."""

from __future__ import annotations

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

MESSAGES = {
    "file-missing": gettext_noop("The file cannot be opened."),
    "file-empty": gettext_noop("The file is empty."),
    "file-unknown": gettext_noop("The file is not an event log of a kind that can be read."),
    "utf-16-unsaid": gettext_noop(
        "The file seems to be text in UTF-16, but does not say so and cannot be read as such; save it as UTF-8."
    ),
    "file-too-large": gettext_noop("The file is larger than the %(limit)s bytes allowed once it is unpacked."),
    "log-empty": gettext_noop("There is no event in the log."),
    "gzip-truncated": gettext_noop("The compressed file ends half-way."),
    "gzip-broken": gettext_noop("The compressed file is damaged."),
    "xes-encoding": gettext_noop("The text is not in the encoding it should have: %(encoding)s."),
    "xes-encoding-unknown": gettext_noop("The file names an encoding that does not exist: %(encoding)s."),
    "xes-entities": gettext_noop("The file declares a document type or entities; these are refused."),
    "xes-broken": gettext_noop("The XML is broken: %(reason)s."),
    "xes-root": gettext_noop("The outermost element is %(name)s, but that of an XES log is log."),
}


def broken(code: str, line: int | None = None, **params: object) -> LogError:
    """The error of a code, ready to be raised."""
    return LogError(code, MESSAGES[code], line, **params)
