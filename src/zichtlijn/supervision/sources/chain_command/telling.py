"""What the commands write beside their result: progress on a terminal, errors in words."""

from __future__ import annotations

import sys
from collections.abc import Callable

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

from ..chain_words import Words

STEPS = {
    "reading": gettext_noop("Reading the log"),
    "proposing": gettext_noop("Looking at what the columns mean"),
    "checking": gettext_noop("Checking the events"),
    "preparing": gettext_noop("Preparing the log"),
    "computing": gettext_noop("Computing"),
    "writing": gettext_noop("Writing the report"),
    "generating": gettext_noop("Making the log"),
}


class CommandError(Exception):
    """What was asked cannot be done; the text is ready to show."""


class Progress:
    """One line on a terminal that says what is being done; silent elsewhere."""

    def __init__(self, words: Words, *, shown: bool) -> None:
        self._words, self._shown, self._width = words, shown, 0

    def show(self, step: str, detail: str = "") -> None:
        """Show a step, and how far it is."""
        if self._shown:
            line = f"{self._words.gettext(STEPS[step])}… {detail}".rstrip()
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)

    def of_share(self, step: str) -> Callable[..., None]:
        """A function for who reports a share from 0 to 1, and perhaps a number of events."""

        def report(share: float, events: int | None = None, *_more: object) -> None:
            said = self._words.share(min(max(share, 0.0), 1.0))
            if events:
                said += " · " + self._words.gettext("%(number)s events", number=self._words.number(events))
            self.show(step, said)

        self.show(step)
        return report

    def of_count(self, step: str) -> Callable[[int, int], None]:
        """A function for who reports how many of how many are done."""
        report = self.of_share(step)
        return lambda done, total: report(done / total if total else 0.0)

    def warn(self, text: str) -> None:
        """Say something that stays, beside the result."""
        self.clear()
        print(text, file=sys.stderr)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def said(error: LogError, words: Words) -> str:
    """An error of the core in the language of the user, with the line of the file where there is one."""
    message = words.gettext(error.message, **{name: str(value) for name, value in error.params.items()})
    if error.line is not None and "line" not in error.params:
        return words.gettext("Line %(line)s: %(reason)s", line=words.number(error.line), reason=message)
    return message
