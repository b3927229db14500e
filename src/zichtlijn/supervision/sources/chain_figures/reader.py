"""Who reads: in which language, and from what number on counts are said."""

from __future__ import annotations

from dataclasses import dataclass

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.texts import gettext_noop

from ..chain_words import Words
from .figure import About, Head

SMALLEST = 5
"""Counts below it could point to a person, so that who may not see cases does not see them either."""


@dataclass(frozen=True)
class Reader:
    """``minimum``: counts from 1 up to it are not said; 1 for who may see the cases themselves."""

    words: Words
    minimum: int = SMALLEST

    def hides(self, count: float | None) -> bool:
        """Whether a count is too small to show, and what was computed of so few cases with it."""
        return count is not None and 0 < count < self.minimum

    def count(self, count: float | None) -> str:
        """A count in digits, or that it is small."""
        if self.hides(count):
            return self.words.gettext("fewer than %(number)s", number=self.words.number(self.minimum))
        return self.words.number(count)

    def cases(self, count: int) -> str:
        """A count of cases in words."""
        if self.hides(count):
            return self.words.gettext("fewer than %(number)s cases", number=self.words.number(self.minimum))
        message = gettext_noop("%(number)s case") if count == 1 else gettext_noop("%(number)s cases")
        return self.words.gettext(message, number=self.words.number(count))

    def drawn(self, count: float) -> float:
        """A count as it is drawn: one that is too small to say is drawn as the largest that it could be."""
        return self.minimum - 1 if self.hides(count) else count

    def part(self, count: float, whole: float) -> str:
        """A count with its share of a whole; neither where the count is small."""
        if self.hides(count) or not whole:
            return self.count(count)
        return f"{self.count(count)} ({self.words.fine_share(count / whole)})"

    def left_out(self, number: int) -> str:
        """That a table does not show everything; nothing when it does."""
        if number <= 0:
            return ""
        return self.words.gettext("Not listed: %(number)s more.", number=self.words.number(number))

    def seconds(self, seconds: float | None, count: float | None = None) -> str:
        """A time in words; not of fewer cases than may be said."""
        return self.words.duration(None if seconds is None or self.hides(count) else seconds * 1e6)

    def about(self, definition: Definition) -> About:
        """What every figure says of itself."""
        gettext = self.words.gettext
        title, text, unit = gettext(definition.title), gettext(definition.text), gettext(definition.unit)
        return About(definition.name, title, text, unit, definition.source)

    def key(self, text: str) -> str:
        """A text of the analysis, which is a key of the catalogue."""
        return self.words.gettext(text)

    def text(self, value: str | None) -> str:
        """A value of the log as it stands there; what it does not say is called unknown."""
        return self.words.gettext("unknown") if value is None else value

    def heads(self, *heads: str, numeric_from: int = 1) -> tuple[Head, ...]:
        """Heads in the language of the reader; from some column on they are above numbers."""
        return tuple(Head(self.words.gettext(head), i >= numeric_from) for i, head in enumerate(heads))
