"""What is planted in a chain is found, at the right place, and in a chain where nothing is planted nothing is."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from tests.analysis.chains.generated_logs import GeneratedLog, generated_log
from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.generation import Planted
from zichtlijn.analysis.chains.phenomena import KINDS, LIMITS, TITLES, Limits, Phenomenon, Where, examine, find
from zichtlijn.analysis.chains.phenomena.growing import looked_at
from zichtlijn.analysis.chains.phenomena.limits import p_above, strength_of_share
from zichtlijn.analysis.chains.phenomena.phenomenon import TEXTS
from zichtlijn.analysis.chains.phenomena.places import roles
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.statistics.intervals import wilson

Place = tuple[str, str | None, str | None, str | None]


def _place(found: Phenomenon) -> Place:
    return found.kind, found.where.organisation, found.where.to_organisation, found.where.region


def _planted(log: GeneratedLog) -> set[Place]:
    """The places of what the truth says was planted."""
    planted, name = log.truth["planted"], {each["station"]: each["organisation"] for each in log.truth["stations"]}
    back_to = {"rvdk": "veilig-thuis", "rechtbank": "ind", "om": "politie"}[planted["rework"]["station"]]
    return {
        ("growing-list", name[planted["growing"]["station"]], None, None),
        ("lost-hand-overs", name[planted["lost"]["station"]], name[planted["lost"]["to"]], None),
        ("regional-gap", name[planted["regional"]["station"]], None, planted["regional"]["region"]),
        ("rework-loop", name[back_to], name[planted["rework"]["station"]], None),
    }


def test_all_that_was_planted_is_found_and_nothing_else(planted_log: GeneratedLog) -> None:
    found = find(planted_log.engine)
    # A growing list makes cases late: that was not planted by itself, but is true.
    assert {_place(each) for each in found if each.kind != "terms-breached"} == _planted(planted_log)


def test_nothing_is_found_where_nothing_was_planted(sound_log: GeneratedLog) -> None:
    assert find(sound_log.engine) == ()
    assert len(examine(sound_log.engine)) > 50


@pytest.mark.slow
def test_nearly_nothing_is_found_in_many_sound_logs(tmp_path: Path) -> None:
    """At most one chance find in ten logs, each with around a hundred places examined."""
    found = 0
    for seed in range(10):
        log = generated_log(tmp_path / str(seed), "asylum", cases=6_000, seed=seed, planted=Planted())
        found += len(find(log.engine))
        log.engine.close()
    assert found <= 1


def test_the_numbers_of_a_lost_hand_over_are_those_of_the_log(asylum: GeneratedLog) -> None:
    planted = asylum.truth["planted"]["lost"]
    (found,) = [each for each in find(asylum.engine) if each.kind == "lost-hand-overs"]
    numbers = found.evidence.numbers
    low, high = wilson(numbers["lost"], numbers["judged"], 0.999)
    assert float(low) <= planted["share"] <= float(high)
    assert asylum.engine.run(found.cases).num_rows == numbers["lost"]


def test_the_planted_factor_shows_in_the_regional_gap(criminal_justice: GeneratedLog) -> None:
    (found,) = [each for each in find(criminal_justice.engine) if each.kind == "regional-gap"]
    station = criminal_justice.station(criminal_justice.truth["planted"]["regional"]["station"])
    longer = station["work_days"] * (criminal_justice.truth["planted"]["regional"]["factor"] - 1)
    # Three quarters of the stays see all of the work: the others are cut in two by a supplement.
    assert 0.5 * longer < found.evidence.numbers["days"] - found.evidence.numbers["usual_days"] < 1.1 * longer


def test_every_phenomenon_leads_to_its_cases(youth_protection: GeneratedLog) -> None:
    for found in examine(youth_protection.engine):
        rows = youth_protection.engine.run(found.cases)
        assert rows.column_names == ["case_no"]
        if found.found:
            assert rows.num_rows > 0
            assert len(set(rows["case_no"].to_pylist())) == rows.num_rows


def test_the_late_cases_are_those_counted(planted_log: GeneratedLog) -> None:
    (late,) = [each for each in examine(planted_log.engine) if each.kind == "terms-breached"]
    assert planted_log.engine.run(late.cases).num_rows == late.evidence.numbers["late"]


def test_a_text_of_every_kind_can_be_filled_in(planted_log: GeneratedLog) -> None:
    examined = examine(planted_log.engine)
    assert {each.kind for each in examined} == set(KINDS) == set(TITLES) == set(TEXTS)
    for each in examined:
        assert "%(" not in each.text % each.params


def test_a_phenomenon_can_be_written_as_json(asylum: GeneratedLog) -> None:
    for each in examine(asylum.engine):
        assert json.loads(json.dumps(each.as_json()))["kind"] == each.kind


def test_a_selection_is_examined_by_itself(youth_protection: GeneratedLog) -> None:
    region = youth_protection.truth["planted"]["regional"]["region"]
    others = [code for code, name in enumerate(youth_protection.prepared.values("region")) if name != region]
    found = find(youth_protection.engine, Selection(regions=tuple(others)))
    assert "regional-gap" not in {each.kind for each in found}
    assert "rework-loop" in {each.kind for each in found}


def test_stricter_limits_find_less(asylum: GeneratedLog) -> None:
    strict = Limits(lost_share=0.5, returned_share=0.5, growth=50, regional_ratio=10, late_share=0.9)
    assert find(asylum.engine, limits=strict) == ()
    assert len(examine(asylum.engine, limits=Limits(fewest=3_000))) < len(examine(asylum.engine))


def test_the_q_value_is_never_below_the_p_value(criminal_justice: GeneratedLog) -> None:
    for each in examine(criminal_justice.engine):
        assert each.evidence.q_value is not None
        assert each.evidence.q_value >= each.evidence.p_value
        assert each.found == (each.material and each.evidence.q_value <= LIMITS.level)


def test_organisations_stand_where_their_cases_begin_and_end(asylum: GeneratedLog) -> None:
    found = roles(asylum.engine)
    assert found["Politie"] == "first"
    assert found["Immigratie- en Naturalisatiedienst"] == "middle"
    assert {found["Gemeenten"], found["Dienst Terugkeer en Vertrek"]} == {"last"}


def test_roles_follow_from_the_closed_cases(planted_log: GeneratedLog) -> None:
    """Held against a count in plain Python."""
    cases = planted_log.engine.run(tables.cases.filter(tables.cases.closed)).to_pylist()
    stays = planted_log.engine.run(tables.stays.select("case_no", "organisation").distinct()).to_pylist()
    closed = {case["case_no"] for case in cases}
    for name, role in roles(planted_log.engine).items():
        code = planted_log.prepared.code("organisation", name)
        there = sum(1 for stay in stays if stay["organisation"] == code and stay["case_no"] in closed)
        begun = sum(1 for case in cases if case["first_organisation"] == code) / there
        ended = sum(1 for case in cases if case["last_organisation"] == code) / there
        assert role == ("last" if ended > 0.5 else "first" if begun > 0.5 else "middle")


def test_whole_years_are_looked_at_and_not_the_beginning() -> None:
    assert [looked_at(weeks) for weeks in (20, 51, 52, 77, 78, 129, 130, 400)] == [0, 0, 26, 38, 52, 52, 104, 104]


def test_the_strength_of_a_share_is_zero_at_the_limit_and_rises() -> None:
    strengths = [strength_of_share(share, 0.05) for share in (0.0, 0.05, 0.1, 0.5)]
    assert strengths[1] == 0
    assert strengths == sorted(strengths)
    assert strength_of_share(0.5, 0.0) == pytest.approx(math.pi / 2)


def test_the_binomial_test_keeps_its_level() -> None:
    hits = np.random.default_rng(1).binomial(400, 0.01, 4_000)
    assert np.mean([p_above(int(each), 400, 0.01) <= 0.05 for each in hits]) <= 0.06
    assert p_above(0, 400, 0.01) == 1.0


def test_where_says_nothing_by_itself() -> None:
    assert Where().role == "whole"
