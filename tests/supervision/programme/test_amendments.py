"""A decided programme changes by amendment only: reasoned, shown with its effect, decided, frozen anew."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.amending import effect_of, fields_of
from zichtlijn.supervision.programme.comparing import compare_versions
from zichtlijn.supervision.programme.locking import StaleEditError
from zichtlijn.supervision.programme.models import Activity, Amendment, AmendmentState, Programme
from zichtlijn.supervision.programme.transitions import AMENDMENT

STEPS = {
    "propose": actions.propose_amendment,
    "withdraw": actions.withdraw_amendment,
    "reject": actions.reject_amendment,
    "decide": actions.decide_amendment,
}
WHO = {"propose": "alice", "withdraw": "alice", "reject": "carol", "decide": "carol"}
PAIRS = [(state, step) for state in AmendmentState.values for step in STEPS]


@pytest.fixture
def dykes(decided):
    """The first activity of the decided programme: 2 fte, 100,000 euro."""
    return decided.activities.get(title="Look at the dykes")


@pytest.fixture
def amendment(decided, alice):
    """An amendment that is being prepared, without changes."""
    return actions.prepare_amendment(actor=alice, programme=decided, title="After the storm", reason="A dyke broke")


@pytest.fixture
def change(amendment, alice, dykes):
    """The amendment asks one fte more for the dykes."""
    return actions.change_amendment(
        actor=alice, amendment=amendment, kind="change", activity=dykes, values={"fte": Decimal(3)}
    )


def _decide(amendment, alice, carol):
    actions.propose_amendment(actor=alice, amendment=amendment)
    return actions.decide_amendment(actor=carol, amendment=amendment)


def test_every_step_of_the_table_has_an_action():
    assert set(STEPS) == AMENDMENT.steps


@pytest.mark.usefixtures("change")
@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken(state, step, amendment, request):
    Amendment.objects.filter(pk=amendment.pk).update(state=state)
    actor = request.getfixturevalue(WHO[step])
    allowed = step in AMENDMENT.allowed(state)
    if allowed:
        STEPS[step](actor=actor, amendment=amendment, reason="because")
    else:
        with pytest.raises(ValidationError):
            STEPS[step](actor=actor, amendment=amendment, reason="because")
    amendment.refresh_from_db()
    assert amendment.state == (AMENDMENT.after(state, step) if allowed else state)


@pytest.mark.usefixtures("change")
@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_only_the_steps_of_the_table_are_taken_on_the_screen(*, state, step, amendment, request, client_of):
    Amendment.objects.filter(pk=amendment.pk).update(state=state)
    actor = request.getfixturevalue(WHO[step])
    sent = {"reason": "because", "on": localdate().isoformat(), "revision": Amendment.objects.get().revision}
    response = client_of(actor).post(f"/programme/amendments/{amendment.pk}/steps/{step}/", sent)
    amendment.refresh_from_db()
    assert amendment.state == (AMENDMENT.after(state, step) if step in AMENDMENT.allowed(state) else state)
    assert response.status_code == 302


@pytest.mark.usefixtures("change")
@pytest.mark.parametrize("who", ["alice", "bob", "dave", "erin", "frank", "anna"])
@pytest.mark.parametrize("step", ["decide", "reject"])
def test_only_the_inspector_general_decides(who, step, amendment, request, alice):
    actions.propose_amendment(actor=alice, amendment=amendment)
    with pytest.raises(PermissionDenied):
        STEPS[step](actor=request.getfixturevalue(who), amendment=amendment, reason="because")


@pytest.mark.parametrize("who", ["bob", "carol", "dave", "erin", "frank", "anna"])
def test_only_the_manager_prepares(who, decided, request):
    with pytest.raises(PermissionDenied):
        actions.prepare_amendment(actor=request.getfixturevalue(who), programme=decided, title="Mine", reason="because")


def test_a_draft_is_edited_not_amended(draft, alice):
    with pytest.raises(ValidationError):
        actions.prepare_amendment(actor=alice, programme=draft, title="Early", reason="because")


def test_a_decided_activity_cannot_be_edited(dykes, alice, field):
    for attempt in (
        lambda: actions.edit_activity(actor=alice, activity=dykes, values={"title": "Other"}),
        lambda: actions.set_capacity(actor=alice, activity=dykes, hours={"lawyer": Decimal(1)}),
        lambda: actions.drop_activity(actor=alice, activity=dykes, reason="because"),
        lambda: actions.create_activity(actor=alice, programme=dykes.programme, values={"title": "New"}),
    ):
        with pytest.raises(ValidationError):
            attempt()
    dykes.refresh_from_db()
    assert (dykes.title, dykes.state) == ("Look at the dykes", "chosen")


def test_nothing_changes_before_the_decision(change, amendment, alice, dykes):
    actions.propose_amendment(actor=alice, amendment=amendment)
    dykes.refresh_from_db()
    assert dykes.fte == Decimal(2)
    assert dykes.programme.versions.count() == 1


def test_the_decision_changes_the_activity_and_makes_a_version(change, amendment, alice, carol, dykes):
    version = _decide(amendment, alice, carol)
    dykes.refresh_from_db()
    amendment.refresh_from_db()
    assert dykes.fte == Decimal(3)
    assert (version.number, version.reason, version.decided_by) == (2, "A dyke broke", carol)
    assert (amendment.state, amendment.version, amendment.closed_by_name) == ("decided", version, "Carol")
    event = Event.objects.about(dykes).first()
    assert (event.action, event.reason) == ("programme.decide_amendment", "A dyke broke")
    assert (event.before_values, event.after_values) == ({"fte": "2.00"}, {"fte": "3.00"})


def test_all_kinds_of_fields_change(amendment, alice, carol, dykes, field):
    values = {
        "title": "Look at all dykes",
        "organisations": [field.police, field.water],
        "domain": field.domain,
        "ends_on": date(2026, 12, 1),
        "budget": None,
    }
    change = actions.change_amendment(
        actor=alice,
        amendment=amendment,
        kind="change",
        activity=dykes,
        values=values,
        hours={"lawyer": Decimal("7.5")},
    )
    assert {item.name for item in fields_of(change)} == {*values, "capacity"}
    _decide(amendment, alice, carol)
    dykes.refresh_from_db()
    assert (dykes.title, dykes.domain, dykes.ends_on, dykes.budget) == (
        "Look at all dykes",
        field.domain,
        date(2026, 12, 1),
        None,
    )
    assert set(dykes.organisations.all()) == {field.police, field.water}
    assert dykes.capacity_needs.get().hours == Decimal("7.5")


def test_an_activity_is_added(amendment, alice, carol, draft, field):
    values = {
        "title": "Visit the breach",
        "kind": "investigation",
        "status": "new",
        "fte": Decimal("1.5"),
        "organisations": [field.water],
        "goals": [draft.perspective.goals.get(number=2)],
    }
    actions.change_amendment(
        actor=alice, amendment=amendment, kind="add", values=values, hours={"engineer": Decimal(80)}
    )
    version = _decide(amendment, alice, carol)
    added = Activity.objects.get(title="Visit the breach")
    assert (added.state, added.code, added.decided_in) == ("chosen", "2026-003", version)
    assert added.goals.get().title == "Learning"
    assert added.capacity_needs.get().expertise == "engineer"
    assert amendment.changes.get().activity == added


def test_an_activity_is_dropped_and_reinstated(amendment, alice, carol, dykes):
    actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=dykes)
    second = _decide(amendment, alice, carol)
    dykes.refresh_from_db()
    assert (dykes.state, dykes.state_reason) == ("dropped", "A dyke broke")
    assert len(second.frozen["activities"]) == 1
    back = actions.prepare_amendment(actor=alice, programme=dykes.programme, title="Back", reason="Dry again")
    actions.change_amendment(actor=alice, amendment=back, kind="reinstate", activity=dykes)
    third = _decide(back, alice, carol)
    dykes.refresh_from_db()
    assert dykes.state == "chosen"
    assert len(third.frozen["activities"]) == 2


def test_the_effect_is_summed_against_what_is_available(amendment, change, alice, dykes, decided):
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=talk)
    values = {"title": "Pumps", "kind": "monitoring", "fte": Decimal(9), "budget": Decimal(980_000)}
    actions.change_amendment(actor=alice, amendment=amendment, kind="add", values=values)
    effect = effect_of(amendment)
    assert effect.before == {"activities": 2, "fte": "3.00", "budget": "150000.00"}
    assert effect.after == {"activities": 2, "fte": "12.00", "budget": "1080000.00"}
    assert (effect.added("fte"), effect.left("fte")) == (Decimal(9), Decimal(-2))
    assert (effect.added("budget"), effect.left("budget")) == (Decimal(930_000), Decimal(-80_000))


def test_the_effect_of_a_decided_amendment_stays_what_it_was(amendment, change, alice, carol, decided):
    before = effect_of(amendment)
    _decide(amendment, alice, carol)
    later = actions.prepare_amendment(actor=alice, programme=decided, title="Later", reason="because")
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=later, kind="drop", activity=talk)
    _decide(later, alice, carol)
    amendment.refresh_from_db()
    assert effect_of(amendment) == before


def test_versions_can_be_held_side_by_side(*, amendment, change, alice, carol, decided, field):
    field.water.name = "Board of Waters"
    field.water.save()
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=talk)
    actions.change_amendment(
        actor=alice, amendment=amendment, kind="add", values={"title": "Pumps", "kind": "monitoring"}
    )
    _decide(amendment, alice, carol)
    one, two = (version.frozen for version in decided.versions.order_by("number"))
    found = compare_versions(one, two)
    assert [item["title"] for item in found.activities.added] == ["Pumps"]
    assert [item["title"] for item in found.activities.dropped] == ["Talk with residents"]
    (changed,) = found.activities.changed
    # The organisation has another name by now; it is the same organisation, so that is no change.
    assert [(item.name, item.before, item.after) for item in changed.fields] == [("fte", "2.00", "3.00")]
    assert not compare_versions(one, one)


def test_an_amendment_without_changes_is_not_proposed(amendment, alice):
    with pytest.raises(ValidationError) as refused:
        actions.propose_amendment(actor=alice, amendment=amendment)
    assert refused.value.code == "empty"


def test_a_change_that_changes_nothing_is_refused(amendment, alice, dykes):
    with pytest.raises(ValidationError) as refused:
        actions.change_amendment(
            actor=alice, amendment=amendment, kind="change", activity=dykes, values={"fte": Decimal("2.00")}
        )
    assert refused.value.code == "same"


def test_a_proposed_amendment_is_not_changed_any_more(amendment, change, alice, dykes):
    actions.propose_amendment(actor=alice, amendment=amendment)
    with pytest.raises(ValidationError):
        actions.change_amendment(
            actor=alice, amendment=amendment, kind="change", activity=dykes, values={"fte": Decimal(9)}
        )
    with pytest.raises(ValidationError):
        actions.remove_amendment_change(actor=alice, amendment=amendment, change=change)


def test_a_second_change_of_an_activity_replaces_the_first(amendment, change, alice, dykes):
    actions.change_amendment(
        actor=alice, amendment=amendment, kind="change", activity=dykes, values={"fte": Decimal(4)}
    )
    assert [item.after["fte"] for item in amendment.changes.all()] == ["4.00"]


def test_an_amendment_over_an_activity_that_moved_is_refused_whole(*, amendment, change, alice, carol, dykes, decided):
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=talk)
    actions.propose_amendment(actor=alice, amendment=amendment)
    other = actions.prepare_amendment(actor=alice, programme=decided, title="Other", reason="because")
    actions.change_amendment(actor=alice, amendment=other, kind="change", activity=dykes, values={"fte": Decimal(5)})
    _decide(other, alice, carol)
    with pytest.raises(ValidationError) as refused:
        actions.decide_amendment(actor=carol, amendment=amendment)
    assert refused.value.code == "moved"
    talk.refresh_from_db()
    dykes.refresh_from_db()
    assert (talk.state, dykes.fte, decided.versions.count()) == ("chosen", Decimal(5), 2)


def test_two_amendments_of_other_fields_both_hold(*, amendment, change, alice, carol, dykes, decided):
    actions.propose_amendment(actor=alice, amendment=amendment)
    other = actions.prepare_amendment(actor=alice, programme=decided, title="Other", reason="because")
    actions.change_amendment(actor=alice, amendment=other, kind="change", activity=dykes, values={"title": "Dykes"})
    _decide(other, alice, carol)
    actions.decide_amendment(actor=carol, amendment=amendment)
    dykes.refresh_from_db()
    assert (dykes.title, dykes.fte) == ("Dykes", Decimal(3))


def test_the_decision_is_about_what_was_shown(amendment, change, alice, carol):
    actions.propose_amendment(actor=alice, amendment=amendment)
    with pytest.raises(StaleEditError):
        actions.decide_amendment(actor=carol, amendment=amendment, revision=change.amendment.revision - 1)


def test_a_decision_is_not_taken_in_the_future_or_before_the_last_one(amendment, change, alice, carol):
    actions.propose_amendment(actor=alice, amendment=amendment)
    for day in (localdate() + timedelta(days=1), localdate() - timedelta(days=400)):
        with pytest.raises(ValidationError) as refused:
            actions.decide_amendment(actor=carol, amendment=amendment, on=day)
        assert "on" in refused.value.message_dict


@pytest.mark.parametrize("step", ["withdraw", "reject"])
def test_closing_without_deciding_asks_a_reason(step, amendment, change, alice, request):
    actions.propose_amendment(actor=alice, amendment=amendment)
    actor = request.getfixturevalue(WHO[step])
    with pytest.raises(ValidationError):
        STEPS[step](actor=actor, amendment=amendment, reason="")
    STEPS[step](actor=actor, amendment=amendment, reason="Not now")
    amendment.refresh_from_db()
    assert amendment.closing_reason == "Not now"
    assert amendment.programme.versions.count() == 1


def test_an_activity_of_another_programme_is_refused(amendment, alice, perspective):
    other = actions.create_programme(
        actor=alice, perspective=perspective, values={"year": 2027, "title": "Next", "inspectorate": "X"}
    )
    foreign = actions.create_activity(actor=alice, programme=other, values={"title": "There", "kind": "monitoring"})
    with pytest.raises(ValidationError):
        actions.change_amendment(actor=alice, amendment=amendment, kind="drop", activity=foreign)


def test_a_form_sent_twice_begins_one_amendment(decided, alice):
    token = uuid.uuid4()
    made = [
        actions.prepare_amendment(actor=alice, programme=decided, title="Once", reason="because", submission=token)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert decided.amendments.count() == 1


def test_a_related_object_that_is_gone_stops_the_decision(amendment, alice, carol, dykes, field):
    from zichtlijn.supervision.field.models import Organisation

    short_lived = Organisation.objects.create(name="Short-lived")
    actions.change_amendment(
        actor=alice, amendment=amendment, kind="change", activity=dykes, values={"organisations": [short_lived]}
    )
    short_lived.delete()
    actions.propose_amendment(actor=alice, amendment=amendment)
    with pytest.raises(ValidationError) as refused:
        actions.decide_amendment(actor=carol, amendment=amendment)
    assert refused.value.code == "gone"
    assert Programme.objects.get().versions.count() == 1
