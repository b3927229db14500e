"""Where in the chain an organisation stands: where cases begin, where they end, or between."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from zichtlijn.analysis.chains.answers import UNKNOWN, ask
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.phenomena.phenomenon import Role
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection

MOSTLY = 0.5


def begun_and_ended(selection: Selection = EVERYTHING) -> ir.Table:
    """Per first and last organisation the closed cases."""
    closed = selection.cases().filter(_.closed)
    return closed.group_by("first_organisation", "last_organisation").agg(count=_.count())


def seen(selection: Selection = EVERYTHING) -> ir.Table:
    """Per organisation the closed cases that were there."""
    closed = selection.cases().filter(_.closed).select("case_no")
    there = selection.stays().semi_join(closed, "case_no").select("case_no", "organisation").distinct()
    return there.group_by("organisation").agg(count=_.count())


EXPRESSIONS = (begun_and_ended, seen)


def roles(engine: Engine, selection: Selection = EVERYTHING) -> dict[str, Role]:
    """Per organisation: ``first`` where most of its cases begin, ``last`` where most end, otherwise ``middle``.

    Only closed cases tell; an organisation where most cases both begin and end stands at the end.
    """
    texts = engine.log.values("organisation")
    ends, there = ask(engine, begun_and_ended(selection)), ask(engine, seen(selection))
    found: dict[str, Role] = {}
    for code, count in zip(there["organisation"].tolist(), there["count"].tolist(), strict=True):
        if code == UNKNOWN:
            continue
        begun, ended = (
            int(ends["count"][ends[name] == code].sum()) for name in ("first_organisation", "last_organisation")
        )
        found[texts[code]] = "last" if ended > MOSTLY * count else "first" if begun > MOSTLY * count else "middle"
    return found
