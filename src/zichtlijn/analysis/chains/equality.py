"""Whether regions and groups are treated alike: what differs more than chance, and what is not shown to differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.equality_counts import Table, tables
from zichtlijn.analysis.chains.equality_measures import (
    DIMENSIONS,
    EXPRESSIONS,
    MEASURES,
    Dimension,
    Measure,
    cases_behind,
)
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.chains.statistics import comparison, empirical_bayes, small_counts
from zichtlijn.analysis.chains.statistics.false_discovery import benjamini_hochberg
from zichtlijn.analysis.chains.statistics.funnel import Funnel, funnel
from zichtlijn.analysis.chains.statistics.intervals import wilson
from zichtlijn.analysis.texts import gettext_noop

DEFINITION = Definition(
    name="equality",
    title=gettext_noop("Equality between regions and groups"),
    text=gettext_noop(
        "Per region, group or citizen group: the mean lead time and the mean time at each organisation (open cases "
        "counted, up to a time that all units have been observed), the share that exceeded its term, had an outcome or "
        "an activity, and the share of hand-overs lost. A difference is shown only when it is larger than chance "
        "gives, where cases that start in the same weeks may fare alike, and with at most 5% false discoveries over "
        "all comparisons together. Otherwise no difference is shown, which does not prove that there is none. Units "
        "with too few cases are left out. A difference shown is a reason to look: it does not say why, and other "
        "things than the unit may explain it."
    ),
    unit="score",
    source="Rao & Scott 1984; Benjamini & Hochberg 1995; Benjamini & Bogomolov 2014; Spiegelhalter 2005; Morris 1983",
)
DIFFERENCE = gettext_noop("difference shown")
NO_DIFFERENCE = gettext_noop("no difference shown")
TOO_FEW = gettext_noop("too few cases")
VERDICTS = (DIFFERENCE, NO_DIFFERENCE, TOO_FEW)
MEASURE_TITLES: dict[Measure, str] = {
    "lead-time": gettext_noop("Mean lead time"),
    "stay-time": gettext_noop("Mean time at the organisation"),
    "term-exceeded": gettext_noop("Share that exceeded its term"),
    "outcome": gettext_noop("Share with the outcome"),
    "activity": gettext_noop("Share with the activity"),
    "hand-over-lost": gettext_noop("Share of hand-overs lost"),
}
MINIMUM, SMALLEST, LEVEL = 30, 5, 0.05
UNITS_FOR_SPREAD = 8  # with fewer units the usual spread between them cannot be told from the differences themselves

__all__ = [
    "DEFINITION",
    "DIMENSIONS",
    "EXPRESSIONS",
    "MEASURES",
    "Comparison",
    "Equality",
    "Unit",
    "cases_behind",
    "compute",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """One region or group in one comparison.

    ``estimate`` is a share, or a time in the unit of the comparison, with its 95% interval; ``shrunk`` is pulled
    towards what is usual. All are NaN for too few cases. ``beyond_spread``: differs also when the usual spread between
    units is allowed for. ``count_hidden``: ``events`` is so small, or would give a small one away, that it and the
    share must not be shown to others.
    """

    value: str
    code: int
    cases: int
    events: int | None
    estimate: float
    lower: float
    upper: float
    shrunk: float
    z: float
    p_value: float
    q_value: float
    beyond_spread: bool
    count_hidden: bool
    verdict: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """One measure between the units of one dimension. ``value``: the outcome, activity or organisation it is about.

    ``time_unit`` and ``horizon`` belong to lead times. ``design_effect``: how much more the periods of start vary than
    independent cases would. ``funnel`` is over the units compared; None when there are too few.
    """

    dimension: Dimension
    measure: Measure
    value: str | None
    value_code: int | None
    time_unit: str | None
    horizon: float | None
    units: tuple[Unit, ...]
    usual: float
    statistic: float
    design_effect: float
    p_value: float
    q_value: float
    verdict: str
    funnel: Funnel | None

    @property
    def standing_out(self) -> tuple[Unit, ...]:
        """The units that differ from the others."""
        return tuple(unit for unit in self.units if unit.verdict == DIFFERENCE)


@dataclass(frozen=True, eq=False)
class Equality:
    """All comparisons, the surest differences first. ``level``: share of false discoveries that is accepted."""

    level: float
    minimum: int
    comparisons: tuple[Comparison, ...]

    @property
    def shown(self) -> tuple[Comparison, ...]:
        """Those with a difference shown."""
        return tuple(each for each in self.comparisons if each.verdict == DIFFERENCE)


def compute(
    engine: Engine,
    selection: Selection = EVERYTHING,
    *,
    dimensions: Sequence[Dimension] = DIMENSIONS,
    measures: Sequence[Measure] = MEASURES,
    minimum: int = MINIMUM,
    level: float = LEVEL,
) -> Equality:
    """Every measure that the log allows, for every dimension with at least two values."""
    found = tables(engine, selection, dimensions, measures)
    return verdicts([compared(table, minimum) for table in found], minimum=minimum, level=level)


def compared(table: Table, minimum: int = MINIMUM) -> Comparison:
    """One comparison, without regard to the others: q-values and verdicts come with ``verdicts``."""
    enough = table.sizes >= minimum
    estimates = _estimates(table, enough) if enough.sum() > 1 else None
    units = tuple(_unit(table, row) for row in range(len(table.codes)))
    empty = Comparison(
        *(table.dimension, table.measure, table.value, table.value_code, table.time_unit, None, units),
        usual=np.nan,
        statistic=np.nan,
        design_effect=np.nan,
        p_value=np.nan,
        q_value=np.nan,
        verdict=TOO_FEW,
        funnel=None,
    )
    if estimates is None:
        return empty
    return _filled(empty, table, enough, *estimates)


def verdicts(comparisons: Sequence[Comparison], *, minimum: int = MINIMUM, level: float = LEVEL) -> Equality:
    """Allow for all comparisons together: first which of them show a difference, then in those which units do.

    Units are tested at the level times the share of comparisons with a difference (Benjamini & Bogomolov 2014).
    """
    q_values = benjamini_hochberg([each.p_value for each in comparisons])
    tested = int(np.isfinite(q_values).sum())
    within = level * int((q_values <= level).sum()) / tested if tested else 0.0
    judged = [_judged(each, float(q), level, within) for each, q in zip(comparisons, q_values, strict=True)]
    judged.sort(key=lambda each: (VERDICTS.index(each.verdict), np.nan_to_num(each.p_value, nan=2.0)))
    return Equality(level, minimum, tuple(judged))


def _estimates(table: Table, enough: npt.NDArray[np.bool_]) -> tuple[comparison.Estimates, float | None] | None:
    """None when the numbers are too small for the tests to hold."""
    if table.times is None:
        events, cases = table.events[enough], table.cases[enough]
        if not _expected_enough(events.sum(axis=1), cases.sum(axis=1)):
            return None
        return comparison.of_shares(events, cases), None
    ended, opened = table.events[enough], table.cases[enough] - table.events[enough]
    horizon = comparison.common_horizon(table.times, ended, opened)
    found = comparison.of_restricted_means(table.times, ended, opened, horizon)
    return (found, horizon) if np.all(np.nan_to_num(found.own_variances) > 0) else None


def _expected_enough(events: npt.NDArray[np.int64], cases: npt.NDArray[np.int64]) -> bool:
    """Cochran's rule (1954): every count expected at least 1, and four in five at least 5."""
    share = events.sum() / cases.sum()
    expected = np.concatenate([cases * share, cases * (1 - share)])
    return bool(expected.min() >= 1 and (expected >= 5).mean() >= 0.8)


def _unit(table: Table, row: int) -> Unit:
    events = int(table.events[row].sum()) if table.times is None else None
    nothing = float("nan")
    return Unit(
        value=table.values[row],
        code=table.codes[row],
        cases=int(table.sizes[row]),
        events=events,
        **dict.fromkeys(("estimate", "lower", "upper", "shrunk", "z", "p_value", "q_value"), nothing),
        beyond_spread=False,
        count_hidden=bool(_hidden(table)[row]),
        verdict=TOO_FEW,
    )


def _hidden(table: Table) -> npt.NDArray[np.bool_]:
    """Both those with the event and those without, because the one follows from the other and the number of cases."""
    if table.times is not None:
        return (table.sizes > 0) & (table.sizes < SMALLEST)
    events = table.events.sum(axis=1)
    return small_counts.hidden(events, SMALLEST) | small_counts.hidden(table.sizes - events, SMALLEST)


def _filled(
    empty: Comparison,
    table: Table,
    enough: npt.NDArray[np.bool_],
    estimates: comparison.Estimates,
    horizon: float | None,
) -> Comparison:
    found = comparison.heterogeneity(estimates)
    z, p_values = comparison.against_the_rest(estimates, found)
    spread = funnel(estimates.values, np.sqrt(estimates.variances * found.design_effect))
    beyond = (benjamini_hochberg(spread.p_values) <= LEVEL) | (len(z) < UNITS_FOR_SPREAD)
    columns = zip(estimates.values, *_intervals(table, enough, estimates), z, p_values, beyond, strict=True)
    units = list(empty.units)
    for row, (value, lower, upper, shrunk, own_z, p_value, far) in zip(np.flatnonzero(enough), columns, strict=True):
        units[row] = replace(
            units[row],
            estimate=float(value),
            lower=float(lower),
            upper=float(upper),
            shrunk=float(shrunk),
            z=float(own_z),
            p_value=float(p_value),
            beyond_spread=bool(far),
        )
    return replace(
        empty,
        units=tuple(units),
        horizon=horizon,
        usual=spread.target,
        statistic=found.statistic,
        design_effect=found.design_effect,
        p_value=found.p_value,
        verdict=NO_DIFFERENCE,
        funnel=spread,
    )


def _intervals(
    table: Table, enough: npt.NDArray[np.bool_], estimates: comparison.Estimates
) -> Iterator[npt.NDArray[np.float64]]:
    """Lower, upper and shrunk per unit."""
    if table.times is None:
        events, cases = table.events[enough].sum(axis=1), table.cases[enough].sum(axis=1)
        yield from wilson(events, cases)
        yield empirical_bayes.shares(events, cases).values
    else:
        reach = 1.959964 * np.sqrt(estimates.own_variances)
        yield from (estimates.values - reach, estimates.values + reach)
        yield empirical_bayes.means(estimates.values, estimates.own_variances).values


def _judged(each: Comparison, q_value: float, level: float, within: float) -> Comparison:
    if each.verdict == TOO_FEW:
        return each
    q_units = benjamini_hochberg([unit.p_value for unit in each.units])
    shown = q_value <= level
    units = []
    for unit, q in zip(each.units, q_units, strict=True):
        verdict = TOO_FEW if np.isnan(q) else DIFFERENCE if shown and q <= within else NO_DIFFERENCE
        units.append(replace(unit, q_value=float(q), verdict=verdict))
    return replace(each, q_value=q_value, verdict=DIFFERENCE if shown else NO_DIFFERENCE, units=tuple(units))
