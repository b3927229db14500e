"""How long closed cases took, from their first event to their end."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains import timing
from zichtlijn.analysis.chains.answers import Numbers, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.timing import Times
from zichtlijn.analysis.eventlogs.time_scale import bin_starts_us
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="durations",
    title=gettext_noop("Duration of closed cases"),
    text=gettext_noop(
        "Time from the first event of a case to its end, for closed cases only. Open cases are left out, and they are "
        "often the long ones: see the lead time for a figure in which they count. The mean is exact; median and 90th "
        "percentile are rounded down to whole seconds (up to two hours), minutes (up to five days), hours (up to 300 "
        "days) or days."
    ),
    unit="days",
    source="ours",
)
KEYS = ("closed",)


@dataclass(frozen=True)
class Durations:
    """``times`` of the closed cases, None without any. ``starts_us`` (ascending) and ``counts``: the histogram, by the
    shortest duration of each step. ``open_cases`` are not in it."""

    times: Times | None
    starts_us: Numbers
    counts: Numbers
    open_cases: int

    def bars(self, width_us: int) -> Numbers:
        """The number of cases per whole ``width_us``, from 0; a step that lies in two bars counts in the first."""
        return np.bincount(self.starts_us // width_us, self.counts).astype(np.int64)


@kept
def times(selection: Selection = EVERYTHING) -> ir.Table:
    """Of closed cases and of open ones the histogram of their durations; of open ones up to the last event."""
    cases = selection.cases()
    timed = cases.select("closed", "duration_step", duration_us=cases.end_us - cases.start_us)
    return timing.histogram(timed, KEYS, "duration_step", "duration_us")


EXPRESSIONS = (times,)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> Durations:
    """The durations of closed cases."""
    answer = ask(engine, times(selection))
    closed = answer["packed"] >= timing.STEPS_PER_GROUP
    bins, counts = answer["packed"][closed] - timing.STEPS_PER_GROUP, answer["count"][closed]
    order = np.argsort(bins)
    spent = timing.times_per_group(answer, len(KEYS)).get((1,))
    return result(spent, bins[order], counts[order], int(answer["count"][~closed].sum()))


def result(spent: Times | None, bins: Numbers, counts: Numbers, open_cases: int) -> Durations:
    """From the times of closed cases, and their number at each step of the scale of times, ascending."""
    return Durations(spent, bin_starts_us(bins), counts, open_cases)


def cases_behind(selection: Selection, from_us: int = 0, until_us: int | None = None) -> ir.Table:
    """The closed cases that took at least ``from_us`` and less than ``until_us``."""
    cases = selection.cases().filter(_.closed, _.end_us - _.start_us >= from_us)
    if until_us is not None:
        cases = cases.filter(_.end_us - _.start_us < until_us)
    return cases.select("case_no")
