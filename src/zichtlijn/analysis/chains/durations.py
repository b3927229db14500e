"""How long closed cases took, from their first event to their end."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
from ibis import _

from zichtlijn.analysis.chains.answers import Answer, Numbers, ask
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.texts import gettext_noop
from zichtlijn.analysis.chains.time_scale import bin_starts_us
from zichtlijn.analysis.chains.timing import Times, timed, times_per_group

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


def histogram(selection: Selection = EVERYTHING) -> ir.Table:
    """Durations of cases, closed ones and open ones up to their last event."""
    cases = selection.cases()
    return timed(cases.select("closed", duration_us=cases.end_us - cases.start_us), ["closed"], "duration_us")


EXPRESSIONS = (histogram,)


def compute(engine: Engine, selection: Selection = EVERYTHING) -> Durations:
    """The durations of closed cases."""
    return result(ask(engine, histogram(selection)))


def result(answer: Answer) -> Durations:
    """From the answer to ``histogram``."""
    closed = answer["closed"] == 1
    rows = {name: column[closed] for name, column in answer.items()}
    order = np.argsort(rows["bin"])
    times = times_per_group(rows, ["closed"]).get((1,))
    open_cases = int(answer["count"][~closed].sum())
    return Durations(times, bin_starts_us(rows["bin"][order]), rows["count"][order], open_cases)


def cases_behind(selection: Selection, from_us: int = 0, until_us: int | None = None) -> ir.Table:
    """The closed cases that took at least ``from_us`` and less than ``until_us``."""
    cases = selection.cases().filter(_.closed, _.end_us - _.start_us >= from_us)
    if until_us is not None:
        cases = cases.filter(_.end_us - _.start_us < until_us)
    return cases.select("case_no")
