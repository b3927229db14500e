"""Load against capacity: what arrives at each organisation per week against what it can put out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis.expr.types as ir
import numpy as np
from ibis import _
from numpy.typing import NDArray

from zichtlijn.analysis.chains.answers import Answer, Numbers, ask, kept
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.local_days import date_of, days_shown, week_starts
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="load",
    title=gettext_noop("Load against capacity"),
    text=gettext_noop(
        "Per organisation and week (Monday to Sunday): cases that arrive there, and cases that leave it for another "
        "organisation or because they end. The load is the number that arrives divided by the capacity: above 1 the "
        "list grows. The capacity is what the organisation states, or else the best output it kept up: the highest "
        "mean number that left per week over any eight whole weeks in a row. An organisation that never had more work "
        "than it could do has a higher capacity than shows. Only whole weeks within the log count."
    ),
    unit="share",
    source="Hopp & Spearman, Factory Physics (2011), chapter 8, on utilisation; the observed capacity: ours",
)
WEEKS_KEPT_UP = 8
Basis = Literal["stated", "observed"]


@dataclass(frozen=True)
class Load:
    """One organisation; ``arrived``, ``left`` and ``load`` have shape (weeks,), from the Monday ``first_week``.

    ``capacity_per_week`` and ``load`` are None when nothing is stated and there are fewer than eight whole weeks, or
    nothing left in any of them.
    """

    organisation: str
    first_week: date
    arrived: Numbers
    left: Numbers
    basis: Basis
    capacity_per_week: float | None
    load: NDArray[np.float64] | None

    @property
    def mean_load(self) -> float | None:
        """Over all weeks together; above 1: more came than the capacity allows."""
        return None if self.load is None or not len(self.load) else float(self.load.mean())

    @property
    def weeks_over(self) -> int | None:
        """The weeks in which more came than the capacity allows: a mean over years hides them."""
        return None if self.load is None else int((self.load > 1).sum())


@kept
def arrivals(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation and day the stays that begin."""
    stays = selection.stays()
    return stays.group_by(_.organisation, stays.from_day.name("day")).agg(count=_.count())


@kept
def departures(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation and day the stays that end."""
    stays = selection.stays().filter(_.until_day.notnull())
    return stays.group_by(_.organisation, stays.until_day.name("day")).agg(count=_.count())


EXPRESSIONS = (arrivals, departures)


def compute(
    engine: Engine, selection: Selection = EVERYTHING, stated_per_week: Mapping[str, float] | None = None
) -> tuple[Load, ...]:
    """Per organisation, highest mean load first; empty for a log without organisations.

    ``stated_per_week``: the capacity that organisations state, in cases per week, above 0.
    """
    log = engine.log
    if not log.has("stays"):
        return ()
    first, weeks = _whole_weeks(*days_shown(log))
    came = _per_week(ask(engine, arrivals(selection)), first, weeks)
    went = _per_week(ask(engine, departures(selection)), first, weeks)
    none = np.zeros(weeks, dtype=np.int64)
    stated, texts = stated_per_week or {}, log.values("organisation")
    found = [
        _load(texts[code], date_of(first), came.get(code, none), went.get(code, none), stated.get(texts[code]))
        for code in sorted(came.keys() | went.keys())
    ]
    return tuple(sorted(found, key=lambda each: (-(each.mean_load or 0.0), each.organisation)))


def _whole_weeks(first_day: int, last_day: int) -> tuple[int, int]:
    """The first Monday on or after the first day of the log, and the number of weeks to its last day, also a Sunday."""
    monday = int(week_starts(np.array([first_day + 6], dtype=np.int64))[0])
    return monday, max(0, (last_day + 1 - monday) // 7)


def _per_week(answer: Answer, first: int, weeks: int) -> dict[int, Numbers]:
    week = (answer["day"] - first) // 7
    within = (week >= 0) & (week < weeks)
    found: dict[int, Numbers] = {}
    for code in np.unique(answer["organisation"]).tolist():
        rows = within & (answer["organisation"] == code)
        series = np.zeros(weeks, dtype=np.int64)
        np.add.at(series, week[rows], answer["count"][rows])
        found[code] = series
    return found


def _load(organisation: str, first_week: date, arrived: Numbers, left: Numbers, stated: float | None) -> Load:
    capacity = best_kept_up(left) if stated is None else stated
    basis: Basis = "observed" if stated is None else "stated"
    load = arrived / capacity if capacity else None
    return Load(organisation, first_week, arrived, left, basis, capacity, load)


def best_kept_up(left: Numbers, weeks: int = WEEKS_KEPT_UP) -> float | None:
    """The highest mean over so many weeks in a row; None when there are fewer, or nothing left."""
    if len(left) < weeks:
        return None
    sums = np.convolve(left, np.ones(weeks, dtype=np.int64), mode="valid")
    return int(sums.max()) / weeks or None


def cases_behind(
    selection: Selection, organisation: int, from_us: int, until_us: int, *, left: bool = False
) -> ir.Table:
    """The cases that arrived at (or left) an organisation (code) in a period ``[from_us, until_us)``."""
    stays = selection.stays().filter(_.organisation == organisation)
    moment = stays.until_us if left else stays.from_us
    return stays.filter(moment >= from_us, moment < until_us).select("case_no").distinct()
