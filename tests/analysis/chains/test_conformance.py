"""Cases held against the agreed chain."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.chains.written_logs import (
    ACTIVITIES,
    DAY,
    HOUR,
    LOGS,
    MAPPING,
    MAPPINGS,
    ORGANISATIONS,
    SECOND,
    SELECTIONS,
    START_US,
    Case,
    Cases,
    Event,
    engine_on,
    numbered,
    numbers_of,
    selected,
    written_log,
)
from zichtlijn.analysis.chains import conformance
from zichtlijn.analysis.chains.chain_model import AgreedHandOver, ChainModel
from zichtlijn.analysis.chains.conformance import KINDS, CodedModel, Kind
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.model import LogError, Mapping

PAIRS = list(itertools.permutations(ORGANISATIONS, 2))
AGREED = st.lists(
    st.builds(
        lambda pair, days, counted: AgreedHandOver(*pair, days, counted),
        st.sampled_from(PAIRS),
        st.sampled_from([None, 0, 5, 60]),
        st.sampled_from(["arrival", "last_event"]),
    ),
    min_size=1,
    unique_by=lambda each: (each.sender, each.receiver),
)


@st.composite
def _models(draw: st.DrawFn) -> ChainModel:
    order_of = draw(st.sampled_from(["organisation", "activity"]))
    texts = ORGANISATIONS if order_of == "organisation" else (*ACTIVITIES, "never")
    steps = draw(st.lists(st.sampled_from(texts), unique=True, max_size=4))
    skippable = draw(st.sets(st.sampled_from(steps))) if steps else set()
    model = ChainModel("m", ORGANISATIONS, tuple(draw(AGREED)), order_of, tuple(steps), tuple(sorted(skippable)))
    model.check()
    return model


def _deviations(case: Case, model: ChainModel, mapping: Mapping, cut_off_us: int) -> set[Kind]:
    """The rules in plain Python."""

    def day(moment_us: int) -> date:
        return datetime.fromtimestamp(moment_us // SECOND, tz=ZoneInfo(mapping.time_zone)).date()

    found: set[Kind] = set()
    agreed = {(each.sender, each.receiver): each for each in model.hand_overs}
    stays = case.stays()
    for one, other in itertools.pairwise(stays):
        each = agreed.get((one[0].organisation_text, other[0].organisation_text))
        if each is None:
            found.add("not_agreed")
        elif each.within_days is not None:
            start_us = one[0].at_us if each.counted_from == "arrival" else one[-1].at_us
            if (day(other[0].at_us) - day(start_us)).days > each.within_days:
                found.add("late")
    if _is_overdue(case, model, mapping, day(cut_off_us) - day(stays[-1][0].at_us)):
        found.add("overdue")
    return found | _disorder(case, model)


def _is_overdue(case: Case, model: ChainModel, mapping: Mapping, waited: timedelta) -> bool:
    own = [each for each in model.hand_overs if each.sender == case.stays()[-1][0].organisation_text]
    terms = [h.within_days for h in own if h.within_days is not None and h.counted_from == "arrival"]
    return not case.end_us(mapping)[1] and bool(own) and len(own) == len(terms) and waited.days > max(terms)


def _disorder(case: Case, model: ChainModel) -> set[Kind]:
    found: set[Kind] = set()
    by_organisation = [stay[0].organisation_text for stay in case.stays()]
    places: dict[str | None, int] = {}
    named = by_organisation if model.order_of == "organisation" else [e.activity_text for e in case.events]
    for place, name in enumerate(named):
        places.setdefault(name, place)
    for place, step in enumerate(model.steps):
        later = [places[other] for other in model.steps[place + 1 :] if other in places]
        if later and step not in places and step not in model.may_be_skipped:
            found.add("skipped")
        if later and step in places and min(later) < places[step]:
            found.add("wrong_order")
    return found


@settings(max_examples=6, deadline=None)
@given(LOGS, SELECTIONS, MAPPINGS, _models())
def test_deviations_are_those_of_reading_each_case(
    cases: Cases, selection: Selection, mapping: Mapping, model: ChainModel
) -> None:
    chosen = selected(cases, selection)
    cut_off_us = max(event.at_us for case in cases for event in case.events) + 3 * DAY
    expected = {c.number: _deviations(c, model, mapping, cut_off_us) for c in chosen if c.stays()}
    with engine_on(cases, mapping, cut_off_us=cut_off_us) as engine:
        found = conformance.compute(engine, model, selection)
        coded = CodedModel.of(model, engine.log)
        behind = {k: numbers_of(engine, conformance.cases_behind(selection, coded, k)) for k in KINDS}
    assert behind == {kind: {number for number, kinds in expected.items() if kind in kinds} for kind in KINDS}
    assert found.deviating == {kind: len(numbers) for kind, numbers in behind.items()}
    assert (found.cases, found.judged) == (len(chosen), len(expected))
    assert found.conforming == sum(not kinds for kinds in expected.values())


FINES = ChainModel(
    "Fines",
    ORGANISATIONS,
    (AgreedHandOver("Police", "Court", 14), AgreedHandOver("Court", "Council")),
    steps=("Police", "Court", "Council"),
)
COURT, COUNCIL, POLICE = 0, 1, 2


def _route(*at: tuple[int, int]) -> Case:
    return Case(tuple(Event(START_US + day * DAY, 0, organisation) for day, organisation in at))


def test_each_deviation_is_shown_where_it_is() -> None:
    cases = numbered(
        [
            _route((0, POLICE), (14, COURT), (90, COUNCIL)),
            _route((0, POLICE), (15, COURT)),
            _route((0, POLICE), (1, COUNCIL)),
            _route((0, COURT), (1, POLICE)),
        ]
    )
    with engine_on(cases) as engine:
        found = conformance.compute(engine, FINES)
        coded = CodedModel.of(FINES, engine.log)
        late = numbers_of(engine, conformance.cases_late(EVERYTHING, coded, POLICE, COURT))
        skipped = numbers_of(engine, conformance.cases_behind(EVERYTHING, coded, "skipped", 1))
    assert (found.judged, found.conforming, found.share) == (4, 1, 0.25)
    held = {
        (h.organisation, h.next_organisation): (h.count, h.is_agreed, h.within_days, h.late) for h in found.hand_overs
    }
    assert held == {
        ("Police", "Court"): (2, True, 14, 1),
        ("Court", "Council"): (1, True, None, 0),
        ("Police", "Council"): (1, False, None, 0),
        ("Court", "Police"): (1, False, None, 0),
    }
    assert [(step.step, step.skipped, step.wrong_order) for step in found.steps] == [
        ("Police", 0, 1),
        ("Court", 1, 0),
        ("Council", 0, 0),
    ]
    assert late == {cases[1].number}
    assert skipped == {cases[2].number}


def test_a_term_is_in_days_of_the_calendar_when_the_clock_goes_back() -> None:
    start = datetime(2024, 10, 20, tzinfo=ZoneInfo("Europe/Amsterdam"))
    start_us = int(start.timestamp()) * SECOND
    # Fourteen days on the calendar are 14 x 24 + 1 hours here
    case = Case((Event(start_us, 0, POLICE), Event(start_us + 14 * DAY + HOUR, 0, COURT)))
    with engine_on(numbered([case])) as engine:
        assert conformance.compute(engine, FINES).deviating["late"] == 0


def test_what_the_log_does_not_have_is_named() -> None:
    model = replace(FINES, organisations=(*ORGANISATIONS, "Parliament"), steps=("Police", "Parliament", "Court"))
    with engine_on(numbered([_route((0, POLICE), (1, COURT))])) as engine:
        found = conformance.compute(engine, model)
    assert found.not_in_log == ("Parliament",)
    assert found.deviating["skipped"] == 1


def test_a_log_without_organisations_is_held_against_an_order_of_activities_only(tmp_path: Path) -> None:
    case = Case((Event(START_US, 2), Event(START_US + 1, 0)))
    log = written_log(tmp_path, numbered([case]), MAPPING.with_role("organisation", None))
    log.manifest = replace(
        log.manifest, tables={n: v for n, v in log.manifest.tables.items() if not n.startswith("stays")}
    )
    order = ChainModel("Order", order_of="activity", steps=("report", "decide"))
    with Embedded(log) as engine:
        found = conformance.compute(engine, order)
        with pytest.raises(LogError) as caught:
            conformance.compute(engine, FINES)
    assert (found.judged, found.deviating["wrong_order"], found.hand_overs) == (1, 1, ())
    assert caught.value.code == "model-no-organisations"
