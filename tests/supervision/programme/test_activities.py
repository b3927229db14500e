"""Activities: who writes them, in which state of the programme, and which steps they take."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.locking import StaleEditError
from zichtlijn.supervision.programme.models import Activity, ActivityState, Programme
from zichtlijn.supervision.programme.transitions import ACTIVITY, CHOICE_STEPS, WORK_STEPS

STEPS = {
    "choose": actions.choose_activity,
    "unchoose": actions.unchoose_activity,
    "drop": actions.drop_activity,
    "restore": actions.restore_activity,
    "start": actions.start_activity,
    "pause": actions.pause_activity,
    "finish": actions.finish_activity,
    "reopen": actions.reopen_activity,
}
PAIRS = [(state, step) for state in ActivityState.values for step in STEPS]


def test_every_step_is_an_action_or_goes_by_amendment():
    assert set(STEPS) | {"reinstate", "admit"} == ACTIVITY.steps
    assert set(STEPS) == CHOICE_STEPS | WORK_STEPS


def _in_state(activity, state, step):
    Activity.objects.filter(pk=activity.pk).update(state=state)
    phase = "draft" if step in CHOICE_STEPS else "decided"
    Programme.objects.filter(pk=activity.programme_id).update(state=phase)
    return Activity.objects.get(pk=activity.pk)


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken(*, state, step, add, alice):
    activity = _in_state(add(), state, step)
    allowed = step in ACTIVITY.allowed(state)
    if allowed:
        STEPS[step](actor=alice, activity=activity, reason="because")
    else:
        with pytest.raises(ValidationError):
            STEPS[step](actor=alice, activity=activity, reason="because")
    activity.refresh_from_db()
    assert activity.state == (ACTIVITY.after(state, step) if allowed else state)


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken_on_the_screen(*, state, step, add, alice, client_of):
    activity = _in_state(add(), state, step)
    response = client_of(alice).post(f"/programme/activities/{activity.pk}/steps/{step}/", {"reason": "because"})
    activity.refresh_from_db()
    assert activity.state == (ACTIVITY.after(state, step) if step in ACTIVITY.allowed(state) else state)
    assert response.status_code == 302


@pytest.mark.parametrize("step", sorted(CHOICE_STEPS))
@pytest.mark.parametrize("phase", ["consulted", "decided", "sent_to_minister", "sent_to_parliament"])
def test_choosing_ends_with_the_draft(step, phase, add, alice):
    state = next(state for state in ActivityState.values if step in ACTIVITY.allowed(state))
    activity = _in_state(add(), state, step)
    Programme.objects.filter(pk=activity.programme_id).update(state=phase)
    with pytest.raises(ValidationError):
        STEPS[step](actor=alice, activity=activity, reason="because")


@pytest.mark.parametrize("step", sorted(WORK_STEPS))
@pytest.mark.parametrize("phase", ["draft", "consulted"])
def test_work_begins_after_the_decision(step, phase, add, alice):
    state = next(state for state in ActivityState.values if step in ACTIVITY.allowed(state))
    activity = _in_state(add(), state, step)
    Programme.objects.filter(pk=activity.programme_id).update(state=phase)
    with pytest.raises(ValidationError):
        STEPS[step](actor=alice, activity=activity, reason="because")


@pytest.mark.parametrize("step", ["drop", "restore", "pause", "reopen"])
def test_steps_back_ask_a_reason(step, add, alice):
    state = next(state for state in ActivityState.values if step in ACTIVITY.allowed(state))
    activity = _in_state(add(), state, step)
    with pytest.raises(ValidationError) as refused:
        STEPS[step](actor=alice, activity=activity, reason=" ")
    assert "reason" in refused.value.message_dict


@pytest.mark.parametrize("who", ["bob", "frank", "anna"])
def test_contributors_add_and_edit_candidates_of_a_draft(who, request, draft):
    actor = request.getfixturevalue(who)
    activity = actions.create_activity(
        actor=actor, programme=draft, values={"title": "Idea", "kind": "monitoring", "status": "new"}
    )
    changed = actions.edit_activity(actor=actor, activity=activity, values={"title": "Better idea"})
    assert (changed.title, changed.state) == ("Better idea", "candidate")


@pytest.mark.parametrize("who", ["bob", "frank", "anna"])
def test_contributors_do_not_edit_what_was_chosen(who, request, add, alice):
    activity = add()
    stale = Activity.objects.get(pk=activity.pk)
    actions.choose_activity(actor=alice, activity=activity)
    with pytest.raises(PermissionDenied):
        actions.edit_activity(actor=request.getfixturevalue(who), activity=stale, values={"title": "Mine"})


@pytest.mark.parametrize("who", ["carol", "dave", "erin"])
def test_others_add_nothing(who, request, draft, add):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        actions.create_activity(actor=actor, programme=draft, values={"title": "Idea", "kind": "monitoring"})
    with pytest.raises(PermissionDenied):
        actions.edit_activity(actor=actor, activity=add(), values={"title": "Mine"})


@pytest.mark.parametrize("who", ["bob", "carol", "dave", "erin", "frank", "anna"])
def test_only_the_manager_chooses(who, request, add):
    with pytest.raises(PermissionDenied):
        actions.choose_activity(actor=request.getfixturevalue(who), activity=add())


def test_codes_count_on_within_the_year(add):
    assert [add(title).code for title in ("One", "Two")] == ["2026-001", "2026-002"]


def test_a_form_sent_twice_makes_one_activity(alice, draft):
    values = {"title": "Once", "kind": "monitoring", "status": "new"}
    token = uuid.uuid4()
    first = actions.create_activity(actor=alice, programme=draft, values=values, submission=token)
    second = actions.create_activity(actor=alice, programme=draft, values=values, submission=token)
    assert first == second
    assert draft.activities.count() == 1


def test_an_edit_of_an_older_state_is_refused(add, alice, anna):
    activity = add()
    actions.edit_activity(actor=alice, activity=activity, values={"title": "First"}, revision=activity.revision)
    with pytest.raises(StaleEditError) as refused:
        actions.edit_activity(actor=anna, activity=activity, values={"title": "Second"}, revision=activity.revision)
    assert refused.value.stored.title == "First"
    assert Activity.objects.get(pk=activity.pk).title == "First"


def test_an_edit_tells_what_changed(add, alice, field):
    activity = add()
    actions.edit_activity(
        actor=alice, activity=activity, values={"organisations": [field.police], "domain": field.domain}, reason="Moved"
    )
    event = Event.objects.about(activity).first()
    assert event.before_values == {"organisations": [field.water.pk], "domain": None}
    assert event.after_values == {"organisations": [field.police.pk], "domain": field.domain.pk}
    assert event.reason == "Moved"


def test_an_edit_that_changes_nothing_is_no_event(add, alice):
    activity = add()
    before = Event.objects.count()
    same = actions.edit_activity(actor=alice, activity=activity, values={"title": activity.title})
    assert same.revision == activity.revision
    assert Event.objects.count() == before


def test_an_activity_ends_after_it_starts(add):
    with pytest.raises(ValidationError) as refused:
        add(starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))
    assert "ends_on" in refused.value.message_dict


@pytest.mark.parametrize(("name", "value"), [("fte", -1), ("budget", -1), ("kind", "party"), ("title", "")])
def test_bad_values_are_refused_per_field(name, value, add):
    with pytest.raises(ValidationError) as refused:
        add(**{"title": "Fine", name: value})
    assert name in refused.value.message_dict


def test_goals_come_from_the_perspective_of_the_programme(add, alice):
    other = actions.create_perspective(
        actor=alice, values={"title": "Perspective 2030-2033", "first_year": 2030, "last_year": 2033}
    )
    goal = actions.create_goal(actor=alice, perspective=other, values={"title": "Elsewhere"})
    with pytest.raises(ValidationError) as refused:
        add(goals=[goal])
    assert "goals" in refused.value.message_dict


def test_capacity_is_replaced_and_told(add, alice):
    activity = add()
    actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal(40), "analyst": Decimal("12.5")})
    actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal(60)})
    assert [(need.expertise, need.hours) for need in activity.capacity_needs.all()] == [("lawyer", Decimal(60))]
    event = Event.objects.about(activity).first()
    assert event.after_values == {"capacity": "lawyer: 60.00"}


def test_negative_hours_are_refused_and_change_nothing(add, alice):
    activity = add()
    actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal(40)})
    with pytest.raises(ValidationError):
        actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal(-1)})
    assert activity.capacity_needs.get().hours == Decimal(40)


def test_a_goal_in_use_stays(add, alice, draft):
    activity = add()
    with pytest.raises(ValidationError):
        actions.remove_goal(actor=alice, goal=activity.goals.get())
    actions.remove_goal(actor=alice, goal=draft.perspective.goals.get(number=2))
    assert draft.perspective.goals.count() == 1


def test_what_is_made_in_a_demo_programme_is_demo(draft, add, alice):
    Programme.objects.filter(pk=draft.pk).update(is_demo=True)
    draft.refresh_from_db()
    figure = actions.add_figure(actor=alice, programme=draft, values={"subject": "Staff", "value": 1, "unit": "fte"})
    assert add().is_demo
    assert figure.is_demo
