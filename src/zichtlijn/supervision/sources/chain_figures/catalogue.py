"""Every metric by its name, in the order in which a page shows them."""

from __future__ import annotations

from . import directly_follows, durations, rework, summary, variants
from .metric import Metric

METRICS: dict[str, Metric] = {
    module.METRIC.definition.name: module.METRIC for module in (summary, directly_follows, durations, variants, rework)
}
