"""Why a log is not prepared, in plain words: English message ids, translated on the screens."""

from __future__ import annotations

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

MESSAGES = {
    "no-events": gettext_noop("The log has no event that can be used."),
    "too-many-values": gettext_noop("The column for %(dimension)s has more than %(most)s different values."),
    "cut-off": gettext_noop("The cut-off %(text)s is not a date."),
    "cut-off-far": gettext_noop("The cut-off %(text)s is not between 1900 and 2200."),
    "case-number": gettext_noop("The numbers of cases %(first)s and %(second)s cannot be told apart."),
    "prepared-exists": gettext_noop("There is already something at %(folder)s."),
    "already-added": gettext_noop("%(name)s is in this log already."),
    "key-needed": gettext_noop("The case numbers of this log are pseudonyms; give the key that they were made with."),
    "key-not-needed": gettext_noop("The case numbers of this log are no pseudonyms; add events without a key."),
    "key-twice": gettext_noop("The case numbers of this file are pseudonyms already; use it without a key."),
    "key-other": gettext_noop("This is not the key that the pseudonyms of this log were made with."),
    "cut-off-earlier": gettext_noop("The log has events after this cut-off; prepare it again."),
    "cut-off-later": gettext_noop("Events after the earlier cut-off were left out of this log; prepare it again."),
    "spark-missing": gettext_noop(
        "Apache Spark is not installed; install the package with its extra: zichtlijn[spark]."
    ),
    "java-missing": gettext_noop("Apache Spark did not start; it needs Java 17 or newer."),
}


def refusal(code: str, **params: object) -> LogError:
    """To be raised."""
    return LogError(code, MESSAGES[code], None, **params)
