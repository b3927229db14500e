"""Counts of which people choose the question: said in round numbers to who may not see cases.

An agreed term of 14 days beside one of 15, or two stated periods that differ by a day: what such figures differ by can
be one person. What hides small counts within one figure does not see the other, so that these counts are rounded too.
"""

from __future__ import annotations

from dataclasses import dataclass

from zichtlijn.analysis.chains.statistics.small_counts import rounded
from zichtlijn.analysis.texts import gettext_noop

from .reader import Reader

STEPS = 2
"""To how many times the smallest number that may be said is rounded."""


@dataclass(frozen=True)
class RoughCounts:
    """What a reader is told of counts: all of it, or round numbers and no small ones."""

    reader: Reader

    @property
    def of_events(self) -> RoughCounts:
        """The same for counts of which one case can have several, such as hand-overs."""
        return RoughCounts(self.reader.of_events)

    def value(self, count: float) -> float:
        """The number that is told; a small one as the largest that it could be."""
        if not self.reader.is_limited:
            return count
        return self.reader.drawn(count) if self.reader.hides(count) else rounded(count, STEPS * self.reader.minimum)

    def count(self, count: float | None) -> str:
        """In words: the number, about how many, or that it is small."""
        if count is None or not count or not self.reader.is_limited or self.reader.hides(count):
            return self.reader.count(count)
        return self.about(self.value(count))

    def about(self, value: float) -> str:
        """A number that is rounded already; 0 stands for fewer than half a step."""
        return self.reader.words.gettext("about %(number)s", number=self.reader.words.number(value))

    def part(self, count: float, whole: float) -> str:
        """A count with its share of a whole; not the share where the count, or what is left, is small."""
        reader = self.reader
        if not reader.is_limited:
            return reader.part(count, whole)
        if reader.hides(whole) or reader.hides(whole - count):
            return reader.unsaid()
        if not count or reader.hides(count):
            return self.count(count)
        share = min(1.0, self.value(count) / self.value(whole))
        return f"{self.count(count)} ({reader.words.share(share)})"

    def note(self, *, with_events: bool = False) -> tuple[str, ...]:
        """That numbers are rounded; nothing where they are not. ``with_events``: also numbers of hand-overs."""
        if not self.reader.is_limited:
            return ()
        words = self.reader.words
        step = words.number(STEPS * self.reader.minimum)
        message = gettext_noop("Numbers are rounded to the nearest %(step)s, so that nobody can be recognised.")
        found = [words.gettext(message, step=step)]
        if with_events:
            of_events = self.reader.of_events.minimum
            message = gettext_noop(
                "One case can have several hand-overs: their numbers are rounded to the nearest %(step)s, and below "
                "%(least)s they are not shown."
            )
            numbers = {"step": words.number(STEPS * of_events), "least": words.number(of_events)}
            found.append(words.gettext(message, **numbers))
        return tuple(found)
