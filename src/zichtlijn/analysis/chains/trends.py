"""Where it is heading: trends and changes of waiting lists, of what comes in and goes out, and of lead times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from ibis import _

from zichtlijn.analysis.chains import waiting_lists
from zichtlijn.analysis.chains.answers import Answer, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import MOST_DAYS, LocalDays, week_starts
from zichtlijn.analysis.chains.open_cases import cases_known_at, cut_off
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics.change_points import ControlChart, control_chart, segments
from zichtlijn.analysis.chains.statistics.survival import kaplan_meier
from zichtlijn.analysis.chains.statistics.trend_tests import Trend, drift_p_value, mann_kendall
from zichtlijn.analysis.chains.waiting_lists import WaitingList, WaitingLists, cases_behind
from zichtlijn.analysis.eventlogs.time_scale import DAY_US
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="trends",
    title=gettext_noop("Trends and changes"),
    text=gettext_noop(
        "Per week: the level of a waiting list at the end of the week, those that came and left, and the mean lead "
        "time of the cases that started then (open cases counted, longer times counted as the longest that can be "
        "known of all). The slope is the median of the slopes between any two weeks. A trend is shown only when it is "
        "larger than chance gives in a series that remembers its past. A change is the week from which the mean "
        "differs lastingly; for the level of a list, the week from which it grows or shrinks at another pace. Only "
        "whole weeks count."
    ),
    unit="per day",
    source="Mann 1945; Kendall 1975; Sen 1968; Yue & Wang 2004; Killick, Fearnhead & Eckley 2012; Wheeler 1993",
)
RISING = gettext_noop("rising")
FALLING = gettext_noop("falling")
NO_TREND = gettext_noop("no trend shown")
TOO_SHORT = gettext_noop("too short to say")
VERDICTS = (RISING, FALLING, NO_TREND, TOO_SHORT)
STEP_UP = gettext_noop("higher from then on")
STEP_DOWN = gettext_noop("lower from then on")
GROWS = gettext_noop("grows from then on")
SHRINKS = gettext_noop("shrinks from then on")
STEADY = gettext_noop("steady from then on")
CHANGES = (STEP_UP, STEP_DOWN, GROWS, SHRINKS, STEADY)
FEWEST_WEEKS, SHORTEST_WEEKS = 10, 4
LONG_MEMORY = 5.0  # above it a level can hardly be told from one that wanders, which no line around it can allow for
Figure = Literal["level", "inflow", "outflow", "lead-time"]

__all__ = [
    "DEFINITION",
    "EXPRESSIONS",
    "Change",
    "Series",
    "cases_behind",
    "compute",
    "lead_time",
    "of_waiting_list",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class Change:
    """From the week beginning on ``day`` (days since 1970-01-01) on the mean was another. ``text`` is a key.

    ``before`` and ``after`` are means; of a level, the mean step per week.
    """

    day: int
    before: float
    after: float
    text: str


@dataclass(frozen=True, eq=False)
class Series:
    """A figure per whole week: ``weeks`` are Mondays (days since 1970-01-01), local.

    ``values`` are cases, cases per week, or days. The slope of ``trend`` is per week. ``p_value`` belongs to the
    verdict; of a level it is that of its drift, and of a trend too where its memory is short. ``horizon_days``: of
    lead times, the time above which none is counted.
    """

    figure: Figure
    organisation: str | None
    weeks: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    trend: Trend
    p_value: float
    verdict: str
    changes: tuple[Change, ...]
    chart: ControlChart
    horizon_days: float | None = None


@kept
def lead_times(selection: Selection = EVERYTHING, *, cut_off_us: int | None = None) -> ir.Table:
    """Per week of start (the Monday), whole days and state (``ended`` 1 or 0) the number of cases."""
    known = cases_known_at(selection, cut_off_us)
    placed = known.select(
        "ended", week=(known.start_day + 3) // 7 * 7 - 3, time=(known.stop_us - known.start_us) // DAY_US
    )
    return placed.group_by("week", "time", "ended").agg(count=_.count())


EXPRESSIONS = (lead_times,)


def compute(engine: Engine, selection: Selection = EVERYTHING, *, level: float = 0.05) -> tuple[Series, ...]:
    """Lead time, and of each organisation, where the log has them, the level, inflow and outflow of its list."""
    lists = waiting(waiting_lists.compute(engine, selection), level=level) if engine.log.has("stays") else ()
    return (lead_time(engine, selection, level=level), *lists)


def waiting(lists: WaitingLists, *, level: float = 0.05) -> tuple[Series, ...]:
    """Level, inflow and outflow of each organisation."""
    return tuple(series for each in lists.totals for series in of_waiting_list(each, level=level))


def of_waiting_list(one: WaitingList, *, level: float = 0.05) -> Iterator[Series]:
    """Level, inflow and outflow of one list."""
    start = int(-(one.days[0] + 3) % 7)
    weeks = (len(one.days) - start) // 7
    span = slice(start, start + 7 * weeks)
    mondays = one.days[span][::7]
    yield series("level", one.organisation, mondays, one.level[span][6::7], level=level)
    yield series("inflow", one.organisation, mondays, one.inflow[span].reshape(-1, 7).sum(axis=1), level=level)
    yield series("outflow", one.organisation, mondays, one.outflow[span].reshape(-1, 7).sum(axis=1), level=level)


def lead_time(engine: Engine, selection: Selection = EVERYTHING, *, level: float = 0.05) -> Series:
    """Restricted mean lead time per week of start.

    The horizon is the 90th percentile of all lead times, or less where the log is short; weeks that have been observed
    for less than the horizon are left out, because their slow cases are not known yet.
    """
    at, days = cut_off(engine.log), LocalDays.of(engine.log)
    answer = ask(engine, lead_times(selection, cut_off_us=at))
    first = days.day_of(engine.log.manifest.first_us)
    weeks, values, horizon = restricted_means(answer, days.day_of(at))
    whole = weeks >= first
    return series("lead-time", None, weeks[whole], values[whole], level=level, horizon_days=horizon)


def restricted_means(answer: Answer, last_day: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], float]:
    """Weeks, means and horizon (days) from the answer to ``lead_times``; NaN for weeks without cases."""
    ended = answer["ended"] == 1
    count = answer["count"]
    everyone = kaplan_meier(answer["time"], count * ended, count * ~ended)
    if not everyone.cases:
        return np.zeros(0, dtype=np.int64), np.zeros(0), 0.0
    first = max(int(answer["week"].min()), int(week_starts(np.array([last_day - MOST_DAYS]))[0]))
    horizon = min(everyone.quantile(0.9).value, max(1.0, (last_day - first) / 2))
    weeks = np.arange(first, last_day - 6 - int(horizon), 7)
    values = np.full(len(weeks), np.nan)
    for place, week in enumerate(weeks.tolist()):
        here = answer["week"] == week
        if here.any():
            curve = kaplan_meier(answer["time"][here], (count * ended)[here], (count * ~ended)[here])
            values[place] = curve.restricted_mean(horizon).value
    return weeks, values, horizon


def series(
    figure: Figure,
    organisation: str | None,
    weeks: npt.NDArray[np.int64],
    values: npt.ArrayLike,
    *,
    level: float = 0.05,
    horizon_days: float | None = None,
) -> Series:
    """Trend, changes and chart of values per week; weeks without a value (NaN) are passed over."""
    given = np.asarray(values, dtype=np.float64)
    trend = mann_kendall(given, level=1 - level)
    known = np.isfinite(given)
    weeks, given = weeks[known], given[known]
    p_value, rises = _judged_stock(given, trend) if figure == "level" else (trend.p_value, trend.slope > 0)
    shown = NO_TREND if p_value > level else RISING if rises else FALLING
    verdict = TOO_SHORT if len(given) < FEWEST_WEEKS else shown
    changes = tuple(_turns(given, weeks) if figure == "level" else _steps(given, weeks))
    chart = control_chart(given)
    return Series(figure, organisation, weeks, given, trend, p_value, verdict, changes, chart, horizon_days)


def _judged_stock(values: npt.NDArray[np.float64], trend: Trend) -> tuple[float, bool]:
    """p and whether it rises: of the drift, and of the trend too (times two) for a level with a short memory."""
    drift = drift_p_value(values)
    grown = bool(len(values) and values[-1] > values[0])
    if trend.inflation > LONG_MEMORY:
        return drift, grown
    return min(1.0, 2 * min(drift, trend.p_value)), grown if drift < trend.p_value else trend.slope > 0


def _steps(values: npt.NDArray[np.float64], weeks: npt.NDArray[np.int64]) -> Iterator[Change]:
    for before, after in pairwise(segments(values, shortest=SHORTEST_WEEKS)):
        text = STEP_UP if after.mean > before.mean else STEP_DOWN
        yield Change(int(weeks[after.start]), before.mean, after.mean, text)


def _turns(values: npt.NDArray[np.float64], weeks: npt.NDArray[np.int64]) -> Iterator[Change]:
    """Of a stock the steps are looked at: its values are sums, and a sum wanders without any change."""
    steps = np.diff(values)
    for before, after in pairwise(segments(steps, shortest=SHORTEST_WEEKS)):
        part = steps[after.start : after.end]
        error = float(part.std(ddof=1)) / np.sqrt(len(part))
        text = STEADY if abs(after.mean) <= 2 * error else GROWS if after.mean > 0 else SHRINKS
        yield Change(int(weeks[after.start + 1]), before.mean, after.mean, text)
