"""The selection in an address."""

from __future__ import annotations

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_words import HOUR_US


def test_a_selection_and_its_address_are_each_others_inverse(youth: GeneratedLog) -> None:
    region, organisation = youth.prepared.values("region")[3], youth.prepared.values("organisation")[1]
    query = {"from": ["2021-03-28"], "until": ["2021-10-31"], "region": [region], "organisation": [organisation]}
    selection, unknown = chain_figures.selection_of(youth.prepared, query)
    assert unknown == ()
    pairs = chain_figures.query_of(youth.prepared, selection)
    assert dict(pairs) == {name: values[0] for name, values in query.items()}


def test_both_days_of_a_period_are_in_it(youth: GeneratedLog) -> None:
    selection, _unknown = chain_figures.selection_of(youth.prepared, {"from": ["2021-03-28"], "until": ["2021-03-28"]})
    assert selection.from_us is not None
    assert selection.until_us is not None
    assert (selection.until_us - selection.from_us) / HOUR_US == 23  # the clock goes forward that day


@pytest.mark.parametrize(
    "query",
    [{"region": ["Atlantis"]}, {"from": ["yesterday"]}, {"until": ["2021-13-45"]}, {"until": ["9999-12-31"]}],
)
def test_what_is_unknown_is_left_out_and_named(query: dict[str, list[str]], youth: GeneratedLog) -> None:
    selection, unknown = chain_figures.selection_of(youth.prepared, query)
    assert selection.is_all
    assert unknown == tuple(value for values in query.values() for value in values)
