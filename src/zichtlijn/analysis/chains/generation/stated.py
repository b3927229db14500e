"""What the organisations of a generated chain state about their own waiting lists: true, except for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Values
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zichtlijn.analysis.chains.generation.definition import ChainDefinition
from zichtlijn.analysis.chains.stated_figures import Statement

UNDERSTATED = 0.6
"""The organisation with the planted growing list states this share of it."""
SOURCE = "Demo: gegenereerde opgave"


def stated(chain: ChainDefinition, truth: Values[str, Any], since: date) -> tuple[Statement, ...]:
    """A few figures out of the truth of a log, the first one planted wrong. ``since``: the first day of the log.

    Organisations that send cases back and forth for a supplement state nothing: the truth counts a case there once.
    """
    received, served = Counter[str](), Counter[str]()
    for station in truth["stations"]:
        received[station["organisation"]] += station["received"]
        served[station["organisation"]] += station["served"]
    growing = chain.station(truth["planted"]["growing"]["station"]).organisation
    others = [each for each, _count in received.most_common() if each not in {growing, *_back_and_forth(chain)}]
    on = date.fromisoformat(truth["cut_off"]) - timedelta(days=1)
    waiting = {each: received[each] - served[each] for each in received}
    understated = Statement(on, growing, "level", round(UNDERSTATED * waiting[growing]))
    busy = [Statement(on, each, "outflow", served[each], since=since) for each in others[:2]]
    listed = sorted(others, key=lambda each: -waiting[each])[:1]
    levels = [Statement(on, each, "level", waiting[each]) for each in listed]
    return tuple(replace(each, source=SOURCE) for each in (understated, *levels, *busy))


def _back_and_forth(chain: ChainDefinition) -> set[str]:
    pairs = [(each.code, each.rework.back_to) for each in chain.stations if each.rework is not None]
    return {chain.station(code).organisation for pair in pairs for code in pair}
