"""What a phenomenon is: something that can be wrong in a chain, where, how strongly, and the figures that show it."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import ibis.expr.types as ir

from zichtlijn.analysis.texts import gettext_noop

Kind = Literal["growing-list", "lost-hand-overs", "regional-gap", "rework-loop", "terms-breached"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Role = Literal["first", "middle", "last", "whole"]

TITLES: dict[Kind, str] = {
    "growing-list": gettext_noop("A waiting list that grows"),
    "lost-hand-overs": gettext_noop("Hand-overs that get lost"),
    "regional-gap": gettext_noop("A region where it takes longer"),
    "rework-loop": gettext_noop("Cases that are sent back"),
    "terms-breached": gettext_noop("Terms that are not kept"),
}
TEXTS: dict[Kind, str] = {
    "growing-list": gettext_noop(
        "The waiting list of %(organisation)s went from %(level_before)s to %(level_after)s cases in %(weeks)s weeks; "
        "%(inflow)s cases came in and %(outflow)s were taken up."
    ),
    "lost-hand-overs": gettext_noop(
        "Of the %(judged)s cases that %(organisation)s sent to %(to_organisation)s, %(lost)s did not arrive."
    ),
    "regional-gap": gettext_noop(
        "At %(organisation)s cases of %(region)s stay %(days)s days on average; over all regions %(usual_days)s is "
        "usual."
    ),
    "rework-loop": gettext_noop(
        "Of the %(count)s cases that %(organisation)s handed over to %(to_organisation)s, %(returned)s came straight "
        "back."
    ),
    "terms-breached": gettext_noop(
        "Of the %(judged)s cases that are closed or whose term has passed, %(late)s went over their term."
    ),
}
PARTS = {"lost": "judged", "returned": "count", "late": "judged"}
"""Numbers of the evidence that are a part of another one."""
ROLES: dict[Role, str] = {
    "first": gettext_noop("at the beginning of the chain"),
    "middle": gettext_noop("in the middle of the chain"),
    "last": gettext_noop("at the end of the chain"),
    "whole": gettext_noop("the chain as a whole"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """Texts of the log; None where it does not apply. ``role``: the place of ``organisation`` in the chain."""

    organisation: str | None = None
    to_organisation: str | None = None
    region: str | None = None
    role: Role = "whole"


@dataclass(frozen=True)
class Evidence:
    """Which metric says it, asked with which parameters, and what came out.

    ``p_value``: how likely such figures are when nothing is wrong; ``q_value``: the same after the control of false
    discoveries over everything that was examined in the log (None before that).
    """

    metric: str
    parameters: Values[str, Any]
    numbers: Values[str, float]
    p_value: float
    q_value: float | None = None


@dataclass(frozen=True)
class Phenomenon:
    """One kind of phenomenon examined at one place of a log.

    ``strength`` has no unit: 0 is the limit of what is usual, about 0.2 is small, 0.5 medium and 0.8 large (Cohen,
    Statistical Power Analysis, 1988); below 0 it is better than usual. ``material``: strong enough to matter, apart
    from chance. ``found``: material and not chance. ``absent``: shown to stay below the limit, which is more than not
    found. ``cases`` is an expression with a column ``case_no``.
    """

    kind: Kind
    where: Where
    strength: float
    evidence: Evidence
    material: bool
    absent: bool
    cases: ir.Table
    found: bool = False

    @property
    def title(self) -> str:
        """English, and a key for translation."""
        return TITLES[self.kind]

    @property
    def text(self) -> str:
        """English, and a key for translation; filled in with ``params``."""
        return TEXTS[self.kind]

    @property
    def params(self) -> dict[str, Any]:
        """What ``text`` is filled in with."""
        places = {"organisation": self.where.organisation, "to_organisation": self.where.to_organisation}
        return {**places, "region": self.where.region, **self.evidence.numbers}

    def judged(self, q_value: float, level: float) -> Phenomenon:
        """With the outcome of the control of false discoveries."""
        found = self.material and q_value <= level
        return replace(self, evidence=replace(self.evidence, q_value=q_value), found=found)

    def as_json(self) -> dict[str, Any]:
        """Plain values, without the cases."""
        evidence = {name: getattr(self.evidence, name) for name in ("metric", "numbers", "p_value", "q_value")}
        return {
            "kind": self.kind,
            "where": {name: getattr(self.where, name) for name in Where.__dataclass_fields__},
            "strength": self.strength,
            "found": self.found,
            "absent": self.absent,
            "evidence": {**evidence, "parameters": dict(self.evidence.parameters)},
        }
