"""A programme takes exactly the steps of its table, by the right people, with day, person and reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.locking import StaleEditError
from zichtlijn.supervision.programme.models import Programme, ProgrammeState, ProgrammeVersion
from zichtlijn.supervision.programme.transitions import PROGRAMME

STEPS = {
    "consult": actions.consult_programme,
    "reopen": actions.reopen_programme,
    "decide": actions.decide_programme,
    "send_to_minister": actions.send_to_minister,
    "send_to_parliament": actions.send_to_parliament,
}
PAIRS = [(state, step) for state in ProgrammeState.values for step in STEPS]


def test_every_step_of_the_table_has_an_action():
    assert set(STEPS) == PROGRAMME.steps
    assert set(ProgrammeState.values) == PROGRAMME.states


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken(*, state, step, draft, add, alice, carol):
    actions.choose_activity(actor=alice, activity=add())
    Programme.objects.filter(pk=draft.pk).update(state=state)
    draft.refresh_from_db()
    allowed = step in PROGRAMME.allowed(state)
    if allowed:
        STEPS[step](actor=carol, programme=draft, reason="because")
    else:
        with pytest.raises(ValidationError):
            STEPS[step](actor=carol, programme=draft, reason="because")
    draft.refresh_from_db()
    assert draft.state == (PROGRAMME.after(state, step) if allowed else state)


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken_on_the_screen(*, state, step, draft, add, alice, carol, client_of):
    actions.choose_activity(actor=alice, activity=add())
    Programme.objects.filter(pk=draft.pk).update(state=state)
    url = "/programme/2026/decide/" if step == "decide" else f"/programme/2026/steps/{step}/"
    sent = {"on": localdate().isoformat(), "reason": "because", "revision": Programme.objects.get().revision}
    response = client_of(carol).post(url, sent)
    draft.refresh_from_db()
    allowed = step in PROGRAMME.allowed(state)
    assert draft.state == (PROGRAMME.after(state, step) if allowed else state)
    assert response.status_code == 302


@pytest.mark.parametrize("who", ["alice", "bob", "dave", "erin", "frank", "anna"])
def test_only_the_inspector_general_decides(who, request, draft, decide, add):
    add()
    decide(draft, until="consulted")
    with pytest.raises(PermissionDenied):
        actions.decide_programme(actor=request.getfixturevalue(who), programme=draft)
    assert not ProgrammeVersion.objects.exists()


@pytest.mark.parametrize("who", ["bob", "dave", "erin", "frank", "anna"])
@pytest.mark.parametrize("step", ["consult", "reopen", "send_to_minister", "send_to_parliament"])
def test_only_manager_and_inspector_general_take_the_other_steps(who, step, request, draft):
    with pytest.raises(PermissionDenied):
        STEPS[step](actor=request.getfixturevalue(who), programme=draft, reason="because")


def test_a_step_is_kept_with_day_person_and_reason(draft, alice):
    day = date(2025, 9, 1)
    actions.consult_programme(actor=alice, programme=draft, on=day, reason="Round of talks")
    step = draft.steps.get()
    assert (step.state, step.on, step.person, step.person_name, step.reason) == (
        "consulted",
        day,
        alice,
        "Alice",
        "Round of talks",
    )
    event = Event.objects.filter(action="programme.consult_programme").get()
    assert (event.before_values["state"], event.after_values["state"]) == ("draft", "consulted")
    assert event.after_values["on"] == "2025-09-01"


def test_going_back_to_draft_asks_a_reason(draft, alice, decide, add):
    add()
    decide(draft, until="consulted")
    with pytest.raises(ValidationError) as refused:
        actions.reopen_programme(actor=alice, programme=draft, reason="   ")
    assert "reason" in refused.value.message_dict
    actions.reopen_programme(actor=alice, programme=draft, reason="Two ministries objected")
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_step_is_not_taken_in_the_future(draft, alice):
    with pytest.raises(ValidationError) as refused:
        actions.consult_programme(actor=alice, programme=draft, on=localdate() + timedelta(days=1))
    assert "on" in refused.value.message_dict


def test_a_step_is_not_taken_before_the_one_before_it(draft, alice, carol, add):
    actions.choose_activity(actor=alice, activity=add())
    actions.consult_programme(actor=alice, programme=draft, on=date(2025, 9, 10))
    with pytest.raises(ValidationError) as refused:
        actions.decide_programme(actor=carol, programme=draft, on=date(2025, 9, 9))
    assert "on" in refused.value.message_dict


def test_open_candidates_stop_the_decision(draft, add, alice, carol):
    actions.choose_activity(actor=alice, activity=add("Chosen"))
    add("Open")
    actions.consult_programme(actor=alice, programme=draft)
    with pytest.raises(ValidationError) as refused:
        actions.decide_programme(actor=carol, programme=draft)
    assert refused.value.code == "open-candidates"
    draft.refresh_from_db()
    assert draft.state == "consulted"


def test_an_empty_programme_is_not_decided(draft, alice, carol):
    actions.consult_programme(actor=alice, programme=draft)
    with pytest.raises(ValidationError) as refused:
        actions.decide_programme(actor=carol, programme=draft)
    assert refused.value.code == "empty"


def test_a_decision_about_another_state_than_shown_is_refused(draft, add, alice, carol):
    activity = add()
    actions.choose_activity(actor=alice, activity=activity)
    actions.consult_programme(actor=alice, programme=draft)
    draft.refresh_from_db()
    shown = draft.revision
    actions.reopen_programme(actor=alice, programme=draft, reason="One more")
    actions.edit_activity(actor=alice, activity=activity, values={"title": "Something else"})
    actions.consult_programme(actor=alice, programme=draft)
    with pytest.raises(StaleEditError):
        actions.decide_programme(actor=carol, programme=draft, revision=shown)


def test_a_second_decision_makes_no_second_version(decided, carol):
    with pytest.raises(ValidationError):
        actions.decide_programme(actor=carol, programme=decided)
    assert decided.versions.count() == 1


def test_one_programme_for_one_year_and_inspectorate(draft, alice, perspective):
    values = {"year": 2026, "title": "Again", "inspectorate": "Inspectorate of Dykes"}
    with pytest.raises(ValidationError):
        actions.create_programme(actor=alice, perspective=perspective, values=values)
    other = actions.create_programme(
        actor=alice, perspective=perspective, values={**values, "inspectorate": "Inspectorate of Canals"}
    )
    assert other.slug == "2026-inspectorate-of-canals"


def test_the_year_lies_within_the_perspective(alice, perspective):
    with pytest.raises(ValidationError) as refused:
        actions.create_programme(
            actor=alice, perspective=perspective, values={"year": 2031, "title": "Far", "inspectorate": "X"}
        )
    assert "year" in refused.value.message_dict


def test_only_a_draft_is_edited(decided, alice):
    with pytest.raises(ValidationError):
        actions.edit_programme(actor=alice, programme=decided, values={"title": "Other"})
    with pytest.raises(ValidationError):
        actions.add_figure(actor=alice, programme=decided, values={"subject": "Staff", "value": 1, "unit": "fte"})
