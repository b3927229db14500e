"""The list of all metrics."""

from __future__ import annotations

import inspect

import pytest

from tests.analysis.chains.metrics import modules
from zichtlijn.analysis.chains.catalogue import METRICS, Metric
from zichtlijn.analysis.chains.selection import EVERYTHING


def test_every_module_with_a_definition_a_result_and_cases_behind_it_is_listed() -> None:
    whole = ("DEFINITION", "EXPRESSIONS", "compute", "cases_behind")
    found = {module.DEFINITION.name for module in modules() if all(hasattr(module, name) for name in whole)}
    assert found == set(METRICS)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_is_written_down_and_can_be_computed(metric: Metric) -> None:
    assert len(metric.definition.text) > 100
    assert metric.definition.title
    assert metric.definition.source
    assert all(expression(EVERYTHING).columns for expression in metric.expressions)
    assert next(iter(inspect.signature(metric.compute).parameters)) == "engine"
    assert next(iter(inspect.signature(metric.cases_behind).parameters)) == "selection"
