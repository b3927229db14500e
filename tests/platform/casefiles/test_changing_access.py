"""Who may know of a file: changed by its owner, in all of the file at once, with nothing personal in an event."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate

from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.casefiles.filing import join_file, leave_file
from zichtlijn.platform.casefiles.models import FileAccess
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.notices.models import Notice
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.signals.models import IncidentFile, Signal


def sees(user, file):
    return Signal.objects.visible_to(user).filter(pk=file.pk).exists()


def test_only_who_restricted_a_file_sees_it_until_others_are_named(restricted, bob, bart, dave, erin):
    assert [sees(user, restricted) for user in (bob, bart, dave, erin)] == [True, False, False, False]
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="bouwkunde")
    assert sees(bart, restricted)


def test_the_search_entry_goes_along_with_every_change(file, bob, bart, team):
    def found_by(user):
        return SearchEntry.objects.visible_to(user).filter(model_label="signals.signal", object_id=file.pk).exists()

    assert found_by(bart)
    actions.restrict_file(actor=bob, file=file, purpose="dak")
    assert (found_by(bob), found_by(bart)) == (True, False)
    file.refresh_from_db()
    actions.open_file_to_team(actor=bob, file=file, team=team)
    assert (found_by(bob), found_by(bart)) == (True, False)
    file.refresh_from_db()
    actions.open_file_to_staff(actor=bob, file=file)
    assert found_by(bart)


def test_opening_a_file_ends_the_accesses_of_staff_and_leaves_what_a_partner_was_shown(restricted, bob, pia):
    actions.share_with_partner(actor=bob, file=restricted, user=pia, purpose="samen", until=localdate())
    actions.open_file_to_staff(actor=bob, file=restricted)
    assert [access.user for access in FileAccess.objects.holding()] == [pia]


def test_only_an_owner_changes_the_access_of_a_restricted_file(restricted, bob, bart, dave):
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="bouwkunde")
    for user in (bart, dave):
        with pytest.raises(PermissionDenied):
            actions.open_file_to_staff(actor=user, file=restricted)
        with pytest.raises(PermissionDenied):
            actions.give_access(actor=user, file=restricted, user=dave, purpose="nieuwsgierig")
    assert not sees(dave, restricted)


@pytest.mark.parametrize("who", ["dave", "frank", "erin", "olga", "pia"])
def test_who_does_no_casework_restricts_nothing(who, file, request):
    with pytest.raises(PermissionDenied):
        actions.restrict_file(actor=request.getfixturevalue(who), file=file, purpose="mag niet")


def test_a_partner_sees_the_one_file_until_the_day_and_not_the_day_after(file, came_in, bob, pia, monkeypatch):
    other, last_day = came_in(), localdate() + timedelta(days=3)
    actions.share_with_partner(actor=bob, file=file, user=pia, purpose="samen onderzoeken", until=last_day)
    for day, seen in ((last_day, [file]), (last_day + timedelta(days=1), [])):
        monkeypatch.setattr("zichtlijn.platform.casefiles.models.localdate", lambda day=day: day)
        assert list(Signal.objects.visible_to(pia)) == seen
    assert not sees(pia, other)


@pytest.mark.parametrize(
    ("user", "values", "field"),
    [
        ("erin", {}, "user"),
        ("olga", {}, "user"),
        ("bart", {"purpose": " "}, "purpose"),
        ("bart", {"until": localdate() - timedelta(days=1)}, "until"),
        ("bob", {}, "user"),
    ],
    ids=["reader", "outsider", "no purpose", "a day that passed", "named already"],
)
def test_what_makes_no_sense_is_refused_at_its_field(user, values, field, restricted, request):
    values = {"user": request.getfixturevalue(user), "purpose": "bouwkunde"} | values
    owner = FileAccess.objects.get().user
    with pytest.raises(ValidationError) as refused:
        actions.give_access(actor=owner, file=restricted, **values)
    assert list(refused.value.error_dict) == [field]
    assert FileAccess.objects.count() == 1


def test_staff_is_not_shared_with_as_if_it_were_a_partner(file, bob, bart, olga):
    for user in (bart, olga):
        with pytest.raises(ValidationError):
            actions.share_with_partner(actor=bob, file=file, user=user, purpose="samen", until=localdate())


def test_the_last_owner_stays_until_somebody_else_is_owner(restricted, bob, bart):
    own = FileAccess.objects.get(user=bob)
    with pytest.raises(ValidationError):
        actions.end_access(actor=bob, file=restricted, access=own)
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="neemt over", is_owner=True)
    actions.end_access(actor=bob, file=restricted, access=own)
    assert [sees(user, restricted) for user in (bob, bart)] == [False, True]
    assert Event.objects.filter(action="casefiles.end_access").get().before_values["person"] == "Bob"


def test_the_administrator_replaces_an_owner_and_sees_no_more_than_before(restricted, bob, bart, dave):
    actions.replace_owner(actor=dave, file=restricted, user=bart, reason="bob is weg")
    assert [sees(user, restricted) for user in (bob, bart, dave)] == [False, True, False]
    assert Event.objects.filter(action="casefiles.replace_owner").get().actor == dave


def test_whose_file_it_was_and_the_inspector_general_are_told_and_see_no_more(
    restricted, bob, bart, *, carol, dave, client_of
):
    actions.replace_owner(actor=dave, file=restricted, user=bart, reason="kanarie")
    told = {notice.user: notice.kind.removeprefix("casefiles.") for notice in Notice.objects.all()}
    assert told == {bart: "owner_replaced", bob: "no_longer_owner", carol: "owner_was_replaced"}
    for person in (bob, carol):
        page = client_of(person).get("/notices/").content.decode()
        assert restricted.reference in page
        assert "/open" not in page
        assert "kanarie" not in page


def test_an_administrator_does_not_become_owner(restricted, dave):
    with pytest.raises(ValidationError):
        actions.replace_owner(actor=dave, file=restricted, user=dave, reason="zelf kijken")
    with pytest.raises(PermissionDenied):
        actions.replace_owner(actor=FileAccess.objects.get().user, file=restricted, user=dave, reason="mag niet")


def test_no_purpose_or_reason_is_in_any_event(restricted, bob, bart, dave, pia):
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="kanarie een")
    actions.share_with_partner(actor=bob, file=restricted, user=pia, purpose="kanarie twee", until=localdate())
    actions.replace_owner(actor=dave, file=restricted, user=bart, reason="kanarie drie")
    told = json.dumps(list(Event.objects.values()), default=str)
    assert "kanarie" not in told
    assert "onderzoek naar het dak" not in told
    assert "Lekkage" not in told


def test_all_records_of_a_file_are_restricted_together(file, came_in, bob, bart):
    incident = IncidentFile.objects.create(title="Brand")
    for signal in (file, came_in()):
        join_file(signal, incident)
    actions.restrict_file(actor=bob, file=incident, purpose="brand")
    assert Signal.objects.visible_to(bart).count() == 0
    assert Signal.objects.visible_to(bob).count() == 2
    assert Event.objects.filter(action="casefiles.restrict").count() == 3


def test_a_restricted_record_does_not_join_a_file_that_others_see(restricted):
    with pytest.raises(ValidationError):
        join_file(restricted, IncidentFile.objects.create(title="Brand"))


def test_a_record_that_leaves_a_restricted_file_stays_with_the_same_people(file, bob, bart):
    incident = IncidentFile.objects.create(title="Brand")
    join_file(file, incident)
    actions.restrict_file(actor=bob, file=incident, purpose="brand")
    file.refresh_from_db()
    leave_file(file)
    assert file.file_key != incident.file_key
    assert [sees(user, file) for user in (bob, bart)] == [True, False]
