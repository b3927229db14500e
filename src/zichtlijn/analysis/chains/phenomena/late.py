"""Terms that are exceeded more often than is usual, in the chain as a whole."""

from __future__ import annotations

import math
from collections.abc import Mapping as Values

import ibis.expr.types as ir
import numpy as np

from zichtlijn.analysis.chains import terms
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.open_cases import cases_known_at, cut_off
from zichtlijn.analysis.chains.phenomena.limits import Limits, strength_of_share
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.statistics.distributions import normal_above
from zichtlijn.analysis.chains.statistics.survival import Curve


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """All cases with a term together; H0: at most the usual share exceeds it, open cases counted (Kaplan-Meier)."""
    everyone = terms.compute(engine, selection).everyone
    judged, share = everyone.cases - everyone.not_yet_due, everyone.exceeded.value
    if judged < limits.fewest or math.isnan(share):
        return []
    exceeded = everyone.exceeded
    numbers = {
        "judged": judged,
        "late": everyone.late,
        "share": share,
        "lower": exceeded.lower,
        "upper": exceeded.upper,
    }
    return [
        Phenomenon(
            "terms-breached",
            Where(),
            strength_of_share(share, limits.late_share),
            Evidence(terms.DEFINITION.name, {"usual": limits.late_share}, numbers, _p_above(everyone.curve, limits)),
            material=share > limits.late_share,
            absent=exceeded.upper < limits.late_share,
            cases=_late(engine, selection),
        )
    ]


def _p_above(curve: Curve, limits: Limits) -> float:
    """One-sided, with the variance of Greenwood on the log-log scale, as for the interval of the share."""
    place = int(np.searchsorted(curve.times, 0.0, side="right")) - 1
    share = float(curve.survival[place]) if place >= 0 else 1.0
    if not 0 < share < 1:
        return 0.0 if share >= 1 and limits.late_share < 1 else 1.0
    error = math.sqrt(float(curve.greenwood[place])) / abs(math.log(share))
    apart = math.log(-math.log(limits.late_share)) - math.log(-math.log(share))
    return float(normal_above(apart / error))


def _late(engine: Engine, selection: Selection) -> ir.Table:
    known = cases_known_at(selection, cut_off(engine.log))
    return known.filter(known.stop_us > known.term_us).select("case_no")
