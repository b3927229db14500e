"""Hand-overs that get lost more often than is usual."""

from __future__ import annotations

from collections.abc import Mapping as Values

from zichtlijn.analysis.chains import lost_hand_overs
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.lost_hand_overs import LostHandOvers
from zichtlijn.analysis.chains.phenomena.limits import Limits, p_above, strength_of_share
from zichtlijn.analysis.chains.phenomena.phenomenon import Evidence, Phenomenon, Role, Where
from zichtlijn.analysis.chains.selection import Selection


def examined(engine: Engine, selection: Selection, roles: Values[str, Role], limits: Limits) -> list[Phenomenon]:
    """Every pair of organisations with enough hand-overs to judge; H0: at most the usual share is lost."""
    pairs = lost_hand_overs.compute(engine, selection)
    return [_phenomenon(engine, selection, pair, roles, limits) for pair in pairs if pair.judged >= limits.fewest]


def _phenomenon(
    engine: Engine, selection: Selection, pair: LostHandOvers, roles: Values[str, Role], limits: Limits
) -> Phenomenon:
    log = engine.log
    codes = log.code("organisation", pair.organisation), log.code("organisation", pair.sent_to)
    hours, share = pair.allowance_hours or 0, pair.lost / pair.judged
    evidence = Evidence(
        lost_hand_overs.DEFINITION.name,
        {"organisation": pair.organisation, "sent_to": pair.sent_to, "usual": limits.lost_share},
        {
            "judged": pair.judged,
            "lost": pair.lost,
            "share": share,
            "lower": pair.lower or 0.0,
            "upper": pair.upper or 0.0,
        },
        p_above(pair.lost, pair.judged, limits.lost_share),
    )
    return Phenomenon(
        "lost-hand-overs",
        Where(pair.organisation, pair.sent_to, role=roles.get(pair.organisation, "middle")),
        strength_of_share(share, limits.lost_share),
        evidence,
        material=share > limits.lost_share,
        absent=pair.upper is not None and pair.upper < limits.lost_share,
        cases=lost_hand_overs.cases_behind(selection, *codes, hours, log.manifest.cut_off_us),
    )
