"""A phenomenon is looked up in other chains: where it occurs too, closest first, and where it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.parallels import (
    NAMES,
    PLACE,
    SAME_ORGANISATION,
    STRENGTH,
    Parallel,
    all_parallels,
    parallels,
)
from zichtlijn.analysis.chains.phenomena import Kind, Phenomenon, find

Others = Sequence[tuple[str, Engine]]


@pytest.fixture(scope="module")
def others(asylum: GeneratedLog, criminal_justice: GeneratedLog) -> Others:
    return [("asylum", asylum.engine), ("criminal-justice", criminal_justice.engine)]


def _found(log: GeneratedLog, kind: Kind) -> Phenomenon:
    return next(each for each in find(log.engine) if each.kind == kind)


@pytest.mark.parametrize("kind", ["growing-list", "lost-hand-overs", "regional-gap", "rework-loop"])
def test_a_phenomenon_planted_in_all_chains_has_its_parallel_in_each(
    youth_protection: GeneratedLog, others: Others, kind: Kind
) -> None:
    here = _found(youth_protection, kind)
    found = [each for each in parallels(here, youth_protection.engine, others) if each.occurs]
    assert {each.chain for each in found} == {"asylum", "criminal-justice"}
    assert all(each.there.kind == kind and each.there.found and each.here is here for each in found)


def test_parallels_come_closest_first_and_absences_after_them(youth_protection: GeneratedLog, others: Others) -> None:
    found = parallels(_found(youth_protection, "rework-loop"), youth_protection.engine, others)
    order = [(not each.occurs, -each.similarity) for each in found]
    assert order == sorted(order)
    assert len({each.occurs for each in found}) == 2
    assert all(0 <= each.similarity <= 1 for each in found)


def test_in_a_sound_chain_the_phenomenon_is_shown_to_be_absent(
    youth_protection: GeneratedLog, log_of: Callable[..., GeneratedLog]
) -> None:
    sound = [("asylum", log_of("asylum", sound=True).engine)]
    found = parallels(_found(youth_protection, "lost-hand-overs"), youth_protection.engine, sound)
    assert found
    assert not any(each.occurs for each in found)
    for each in found:
        assert each.there.absent
        assert each.there.evidence.numbers["upper"] < each.here.evidence.numbers["lower"]


def test_what_differs_is_laid_side_by_side(youth_protection: GeneratedLog, others: Others) -> None:
    here = _found(youth_protection, "lost-hand-overs")
    for each in parallels(here, youth_protection.engine, others):
        names = {difference.name for difference in each.differences}
        assert {NAMES["hand_over_days"][0], NAMES["complete"][0], NAMES["returned"][0], NAMES["share"][0]} == names
        share = next(difference for difference in each.differences if difference.name == NAMES["share"][0])
        assert share.here == here.evidence.numbers["share"]
        assert share.there == each.there.evidence.numbers["share"]


def test_the_load_shows_why_one_list_grows_and_another_does_not(youth_protection: GeneratedLog, others: Others) -> None:
    found = parallels(_found(youth_protection, "growing-list"), youth_protection.engine, others)
    absent = [each for each in found if not each.occurs]
    assert absent
    for each in absent:
        load = next(difference for difference in each.differences if difference.name == NAMES["load"][0])
        assert load.there < 1.02 < load.here


def test_the_same_chain_is_its_own_closest_parallel(youth_protection: GeneratedLog, others: Others) -> None:
    here = _found(youth_protection, "rework-loop")
    first = parallels(here, youth_protection.engine, [*others, ("itself", youth_protection.engine)])[0]
    assert (first.chain, first.similarity, first.same_organisation) == ("itself", pytest.approx(1.0), True)
    assert pytest.approx(1) == STRENGTH + PLACE + SAME_ORGANISATION


def test_several_phenomena_at_once_give_the_same_as_one_by_one(youth_protection: GeneratedLog, others: Others) -> None:
    def told(parallel: Parallel) -> tuple[object, ...]:
        return parallel.here.kind, parallel.chain, parallel.there.where, round(parallel.similarity, 12)

    phenomena = find(youth_protection.engine)[:2]
    together = all_parallels(phenomena, youth_protection.engine, others)
    apart = [each for one in phenomena for each in parallels(one, youth_protection.engine, others)]
    assert sorted(map(str, map(told, together))) == sorted(map(str, map(told, apart)))


def test_without_other_chains_there_is_no_parallel(youth_protection: GeneratedLog) -> None:
    assert parallels(_found(youth_protection, "regional-gap"), youth_protection.engine, []) == []
