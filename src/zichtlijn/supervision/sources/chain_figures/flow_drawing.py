"""A chain drawn: the stations and the busiest ways between them, and in words what is left out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import ChainFlow, Flow, Station

from ..chain_words import DAY_US, HOUR_US
from .reader import Reader

MOST_FLOWS = 30
DAY_S, HOUR_S = DAY_US / 1e6, HOUR_US / 1e6
BOUNDS_S = (HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S, 90 * DAY_S, 182 * DAY_S, 365 * DAY_S, 730 * DAY_S)
MOST_BOUNDS = 4


@dataclass(frozen=True)
class Way:
    """``number`` went from ``start`` to ``end``, in the middle after ``median_s`` seconds."""

    start: str
    end: str
    number: int
    median_s: float | None


def flow_drawing(
    reader: Reader,
    title: str,
    ways: Sequence[Way],
    *,
    number_name: str,
    lines: dict[str, tuple[str, ...]] | None = None,
    first: str | None = None,
    description: str = "",
    most: int = MOST_FLOWS,
) -> ChainFlow:
    """The ``most`` busiest ways, without those that are too small to show and those of a station to itself."""
    between = [way for way in ways if way.start != way.end and not reader.hides(way.number)]
    shown = sorted(between, key=lambda way: -way.number)[:most]
    words = reader.words
    names = dict.fromkeys(name for way in shown for name in (way.start, way.end))
    stations = [Station(name, name, (lines or {}).get(name, ())) for name in names]
    bounds = time_bounds([way.median_s for way in shown if way.median_s is not None])
    return ChainFlow(
        title,
        stations,
        [Flow(way.start, way.end, way.number, way.median_s) for way in shown],
        number_name,
        words.gettext("Median time"),
        bounds=bounds,
        bound_words=bound_words(reader, bounds),
        first=first if first in names else None,
        rest=_rest(reader, [way for way in ways if way.start != way.end], shown, set(names)),
        description=description,
        number=words.number,
        time=lambda seconds: words.duration(seconds * 1e6),
        brief_time=lambda seconds: words.brief(seconds * 1e6),
    )


def time_bounds(times_s: Sequence[float]) -> tuple[float, ...]:
    """The times at which the next colour begins: round ones between the quickest and the slowest."""
    between = [bound for bound in BOUNDS_S if times_s and min(times_s) < bound <= max(times_s)]
    if len(between) <= MOST_BOUNDS:
        return tuple(between)
    step = (len(between) - 1) / (MOST_BOUNDS - 1)
    return tuple(between[round(step * i)] for i in range(MOST_BOUNDS))


def bound_words(reader: Reader, bounds: Sequence[float]) -> tuple[str, ...]:
    """What each colour stands for."""
    if not bounds:
        return ()
    said = [reader.words.duration(bound * 1e6) for bound in bounds]
    gettext = reader.words.gettext
    between = [gettext("%(low)s to %(high)s", low=low, high=high) for low, high in itertools.pairwise(said)]
    return (gettext("less than %(time)s", time=said[0]), *between, gettext("%(time)s or more", time=said[-1]))


def _rest(reader: Reader, ways: Sequence[Way], shown: Sequence[Way], drawn: set[str]) -> str:
    left = len(ways) - len(shown)
    if not left:
        return ""
    missing = {name for way in ways for name in (way.start, way.end)} - drawn
    message = gettext_noop("Not drawn: %(ways)s less frequent ways, together %(number)s times.")
    if missing:
        message = gettext_noop(
            "Not drawn: %(ways)s less frequent ways, together %(number)s times, and %(stations)s stations."
        )
    number = sum(way.number for way in ways) - sum(way.number for way in shown)
    words = reader.words
    return words.gettext(
        message, ways=words.number(left), number=reader.count(number), stations=words.number(len(missing))
    )
