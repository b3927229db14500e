"""Cases that are sent straight back to where they came from, more often than is usual."""

from __future__ import annotations

from collections.abc import Mapping as Values

from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.hand_overs import HandOver
from zichtlijn.analysis.chains.phenomena.limits import Limits, p_above, strength_of_share
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.statistics.intervals import wilson


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """Every pair of organisations in the direction that most cases go; H0: at most the usual share comes back.

    The way back is left out: of what is sent back nearly all returns, and that is no second phenomenon.
    """
    pairs = hand_overs.compute(engine, selection).hand_overs
    counts = {(pair.organisation, pair.next_organisation): pair.count for pair in pairs}
    onward = [pair for pair in pairs if pair.count > counts.get((pair.next_organisation, pair.organisation), 0)]
    return [_phenomenon(engine, selection, pair, roles, limits) for pair in onward if pair.count >= limits.fewest]


def _phenomenon(
    engine: Engine, selection: Selection, pair: HandOver, roles: Values[str, Role], limits: Limits
) -> Phenomenon:
    codes = (engine.log.code("organisation", name) for name in (pair.organisation, pair.next_organisation))
    share = pair.returned / pair.count
    lower, upper = wilson(pair.returned, pair.count)
    evidence = Evidence(
        hand_overs.DEFINITION.name,
        {
            "organisation": pair.organisation,
            "next_organisation": pair.next_organisation,
            "usual": limits.returned_share,
        },
        {"count": pair.count, "returned": pair.returned, "share": share, "lower": float(lower), "upper": float(upper)},
        p_above(pair.returned, pair.count, limits.returned_share),
    )
    return Phenomenon(
        "rework-loop",
        Where(pair.organisation, pair.next_organisation, role=roles.get(pair.next_organisation, "middle")),
        strength_of_share(share, limits.returned_share),
        evidence,
        material=share > limits.returned_share,
        absent=float(upper) < limits.returned_share,
        cases=hand_overs.cases_behind(selection, *codes, returned=True),
    )
