"""A phenomenon is looked up in other chains: where it occurs too, closest first, and where it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains.parallels import (
    NAMES,
    PLACE,
    SAME_ORGANISATION,
    STRENGTH,
    Examined,
    Parallel,
    all_parallels,
    parallels,
)
from zichtlijn.analysis.chains.phenomena import Kind, Phenomenon

Others = Sequence[Examined]


@pytest.fixture(scope="module")
def youth(youth_protection: GeneratedLog) -> Examined:
    return Examined("youth-protection", youth_protection.engine)


@pytest.fixture(scope="module")
def others(asylum: GeneratedLog, criminal_justice: GeneratedLog) -> Others:
    return [Examined("asylum", asylum.engine), Examined("criminal-justice", criminal_justice.engine)]


def _found(log: Examined, kind: Kind) -> Phenomenon:
    return next(each for each in log.phenomena if each.found and each.kind == kind)


@pytest.mark.parametrize("kind", ["growing-list", "lost-hand-overs", "regional-gap", "rework-loop"])
def test_a_phenomenon_planted_in_all_chains_has_its_parallel_in_each(
    youth: Examined, others: Others, kind: Kind
) -> None:
    here = _found(youth, kind)
    found = [each for each in all_parallels([here], youth, others) if each.occurs]
    assert {each.chain for each in found} == {"asylum", "criminal-justice"}
    assert all(each.there.kind == kind and each.there.found and each.here is here for each in found)


def test_parallels_come_closest_first_and_absences_after_them(youth: Examined, others: Others) -> None:
    found = all_parallels([_found(youth, "rework-loop")], youth, others)
    order = [(not each.occurs, -each.similarity) for each in found]
    assert order == sorted(order)
    assert len({each.occurs for each in found}) == 2
    assert all(0 <= each.similarity <= 1 for each in found)


def test_in_a_sound_chain_the_phenomenon_is_shown_to_be_absent(
    youth: Examined, log_of: Callable[..., GeneratedLog]
) -> None:
    sound = [Examined("asylum", log_of("asylum", sound=True).engine)]
    found = all_parallels([_found(youth, "lost-hand-overs")], youth, sound)
    assert found
    assert not any(each.occurs for each in found)
    for each in found:
        assert each.there.absent
        assert each.there.evidence.numbers["upper"] < each.here.evidence.numbers["lower"]


def test_what_differs_is_laid_side_by_side(youth: Examined, others: Others) -> None:
    here = _found(youth, "lost-hand-overs")
    for each in all_parallels([here], youth, others):
        names = {difference.name for difference in each.differences}
        assert {NAMES["hand_over_days"][0], NAMES["complete"][0], NAMES["returned"][0], NAMES["share"][0]} == names
        share = next(difference for difference in each.differences if difference.name == NAMES["share"][0])
        assert share.here == here.evidence.numbers["share"]
        assert share.there == each.there.evidence.numbers["share"]


def test_the_load_shows_why_one_list_grows_and_another_does_not(youth: Examined, others: Others) -> None:
    found = all_parallels([_found(youth, "growing-list")], youth, others)
    absent = [each for each in found if not each.occurs]
    assert absent
    for each in absent:
        load = next(difference for difference in each.differences if difference.name == NAMES["load"][0])
        assert load.there < 1.02 < load.here


def test_the_same_chain_is_its_own_closest_parallel(
    youth: Examined, youth_protection: GeneratedLog, others: Others
) -> None:
    here = _found(youth, "rework-loop")
    first = all_parallels([here], youth, [*others, Examined("itself", youth_protection.engine)])[0]
    assert (first.chain, first.similarity, first.same_organisation) == ("itself", pytest.approx(1.0), True)
    assert pytest.approx(1) == STRENGTH + PLACE + SAME_ORGANISATION


def test_several_phenomena_at_once_give_the_same_as_one_by_one(youth: Examined, others: Others) -> None:
    def told(parallel: Parallel) -> tuple[object, ...]:
        return parallel.here.kind, parallel.chain, parallel.there.where, round(parallel.similarity, 12)

    phenomena = youth.phenomena[:2]
    together = all_parallels(phenomena, youth, others)
    apart = [each for one in phenomena for each in all_parallels([one], youth, others)]
    assert sorted(map(str, map(told, together))) == sorted(map(str, map(told, apart)))


def test_logs_that_were_not_examined_before_give_the_same(
    youth: Examined, youth_protection: GeneratedLog, asylum: GeneratedLog, others: Others
) -> None:
    here = _found(youth, "lost-hand-overs")
    found = parallels(here, youth_protection.engine, [("asylum", asylum.engine)])
    expected = all_parallels([here], youth, others[:1])
    assert [each.similarity for each in found] == [each.similarity for each in expected]


def test_without_other_chains_there_is_no_parallel(youth: Examined, youth_protection: GeneratedLog) -> None:
    assert parallels(_found(youth, "regional-gap"), youth_protection.engine, []) == []
