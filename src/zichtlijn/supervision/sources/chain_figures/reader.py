"""Who reads: in which language, and from what number on counts are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.statistics.small_counts import hidden, hidden_together
from zichtlijn.analysis.texts import gettext_noop

from ..chain_words import Words
from .figure import About, Head

SMALLEST = 5
"""Counts below it could point to a person, so that who may not see cases does not see them either."""


EVENTS_PER_CASE = 2
"""Of hand-overs, stays and steps, of which one case has several, so many times the smallest number are needed."""


@dataclass(frozen=True)
class Reader:
    """``minimum``: counts from 1 up to it are not said; 1 for who may see the cases themselves."""

    words: Words
    minimum: int = SMALLEST

    def hides(self, count: float | None) -> bool:
        """Whether a count is too small to show, and what was computed of so few cases with it."""
        return count is not None and 0 < count < self.minimum

    @property
    def is_limited(self) -> bool:
        """Whether anything is hidden from this reader."""
        return self.minimum > 1

    @property
    def of_events(self) -> Reader:
        """The same reader before counts of which one case can have several, such as hand-overs."""
        return Reader(self.words, self.minimum * EVENTS_PER_CASE) if self.is_limited else self

    def hidden(self, counts: Sequence[int], *, total_known: bool = True) -> list[bool]:
        """Which counts of a row are not said, so that no total gives one of them back."""
        if not self.is_limited:
            return [False] * len(counts)
        found: list[bool] = hidden(counts, self.minimum, total_known=total_known).tolist()
        return found

    def hidden_together(self, flows: Sequence[Sequence[int]], others: Sequence[Sequence[int]] = ()) -> list[bool]:
        """At which moments none of several series that follow from each other is said."""
        if not self.is_limited or not flows[0]:
            return [False] * len(flows[0])
        found: list[bool] = hidden_together(flows, others, self.minimum).tolist()
        return found

    def not_shown(self) -> str:
        """That a figure is about too few cases to be shown."""
        number = self.words.number(self.minimum)
        return self.words.gettext("Not shown: this is about fewer than %(number)s cases.", number=number)

    def unsaid(self) -> str:
        """In place of a number that is hidden."""
        return self.words.gettext("not shown")

    def events_note(self) -> tuple[str, ...]:
        """From what number on counts of which one case can have several are said; nothing where all are."""
        if not self.is_limited:
            return ()
        number = self.words.number(self.of_events.minimum)
        message = gettext_noop("One case can count here several times: numbers below %(number)s are not shown.")
        return (self.words.gettext(message, number=number),)

    def says_tail(self, count: float) -> bool:
        """Whether a tenth of the cases is enough of them to say beyond what time it lies."""
        return not self.is_limited or count >= 10 * self.minimum

    def listed(self, counts: Sequence[int], total: int, most: int) -> list[int]:
        """Places of the counts to list, at most so many; what is left out together is not small either."""
        places = [place for place, count in enumerate(counts) if not self.hides(count)][:most]
        while places and self.hides(total - sum(counts[place] for place in places)):
            places.remove(min(places, key=lambda place: counts[place]))
        return places

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
        """A count with its share of a whole; neither where the count, or what is left of the whole, is small."""
        if self.hides(whole) or self.hides(whole - count):
            return self.unsaid()
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
