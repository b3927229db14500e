"""All metrics: what each means, what it asks of an engine, what it computes, and the cases behind its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import (
    bottlenecks,
    conformance,
    directly_follows,
    durations,
    equality,
    hand_overs,
    lead_times,
    load,
    lost_hand_overs,
    rework,
    terms,
    throughput,
    trends,
    variants,
    waiting_lists,
)
from zichtlijn.analysis.chains.definitions import Definition


@dataclass(frozen=True, slots=True)
class Metric:
    """``compute(engine, selection)`` gives the result, ``cases_behind(selection, ...)`` an expression of ``case_no``;
    what else they take is written with them. ``expressions`` take a selection."""

    definition: Definition
    expressions: tuple[Callable[..., ir.Table], ...]
    compute: Callable[..., Any]
    cases_behind: Callable[..., ir.Table]


def _metric(module: ModuleType) -> Metric:
    return Metric(module.DEFINITION, module.EXPRESSIONS, module.compute, module.cases_behind)


_MODULES = (
    directly_follows,
    variants,
    rework,
    throughput,
    durations,
    hand_overs,
    lost_hand_overs,
    bottlenecks,
    load,
    waiting_lists,
    lead_times,
    terms,
    equality,
    trends,
    conformance,
)
METRICS: Mapping[str, Metric] = {module.DEFINITION.name: _metric(module) for module in _MODULES}
"""By the name of their definition, in the order in which they are shown."""
