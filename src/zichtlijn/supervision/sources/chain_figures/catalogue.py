"""Every metric by its name, in the order in which a page shows them."""

from __future__ import annotations

from . import (
    bottlenecks,
    directly_follows,
    durations,
    equality,
    hand_overs,
    lead_times,
    load,
    lost_hand_overs,
    phenomena,
    rework,
    summary,
    terms,
    throughput,
    trends,
    variants,
    waiting_lists,
)
from .metric import Metric

METRICS: dict[str, Metric] = {
    module.METRIC.definition.name: module.METRIC
    for module in (
        summary,
        phenomena,
        hand_overs,
        lost_hand_overs,
        waiting_lists,
        load,
        lead_times,
        trends,
        terms,
        equality,
        bottlenecks,
        throughput,
        directly_follows,
        durations,
        variants,
        rework,
    )
}
