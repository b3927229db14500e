"""A decided version stays what it was, and says so when somebody changed it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.checks import changed_versions
from zichtlijn.supervision.programme.freezing import digest_of, freeze_activity, freeze_programme, frozen_text
from zichtlijn.supervision.programme.models import Activity, Programme, ProgrammeVersion
from zichtlijn.supervision.programme.versions import has_recorded_digest


def test_a_version_holds_every_field_with_the_names_of_that_moment(add, draft, decide, field, alice):
    activity = add(
        description="Along the coast",
        domain=field.domain,
        chains=[field.chain],
        acts=[field.act],
        groups=[field.group],
        starts_on="2026-02-01",
        ends_on="2026-03-01",
    )
    actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal("12.5")})
    actions.add_figure(actor=alice, programme=draft, values={"subject": "Staff", "value": 12, "unit": "fte"})
    decide(draft)
    frozen = draft.versions.get().frozen
    assert frozen["activities"] == [
        {
            "id": activity.pk,
            "code": "2026-001",
            "state": "chosen",
            "is_demo": False,
            "title": "Look at the dykes",
            "description": "Along the coast",
            "kind": "investigation",
            "status": "new",
            "fte": "2.00",
            "budget": "100000.00",
            "starts_on": "2026-02-01",
            "ends_on": "2026-03-01",
            "domain": {"id": field.domain.pk, "name": "Water"},
            "goals": [{"id": draft.perspective.goals.get(number=1).pk, "name": "Readiness"}],
            "organisations": [{"id": field.water.pk, "name": "Water Board"}],
            "chains": [{"id": field.chain.pk, "name": "Flood chain"}],
            "acts": [{"id": field.act.pk, "name": "Dyke Act"}],
            "groups": [{"id": field.group.pk, "name": "Residents"}],
            "capacity": [{"expertise": "lawyer", "hours": "12.50"}],
        }
    ]
    assert frozen["programme"]["available_budget"] == "1000000.00"
    assert [goal["title"] for goal in frozen["goals"]] == ["Readiness", "Learning"]
    assert frozen["figures"][0] | {"id": 0} == {
        "id": 0,
        "subject": "Staff",
        "value": "12.00",
        "unit": "fte",
        "year": None,
        "note": "",
    }
    assert frozen["totals"] == {"activities": 1, "fte": "2.00", "budget": "100000.00"}


def test_the_frozen_shape_covers_every_field_of_an_activity(add):
    kept_apart = {"id", "programme", "revision", "state_reason", "decided_in", "submission", "weighing"}
    fields = {item.name for item in (*Activity._meta.concrete_fields, *Activity._meta.many_to_many)}
    assert set(freeze_activity(add())) - {"capacity", "id"} == fields - kept_apart


def test_a_version_stays_the_same_when_everything_around_it_is_renamed(decided, field, client_of, erin, alice):
    version = decided.versions.get()
    before = version.content
    field.water.name = "Board of Waters"
    field.water.save()
    goal = decided.perspective.goals.get(number=1)
    actions.edit_goal(actor=alice, goal=goal, values={"title": "Preparedness"})
    Activity.objects.filter(programme=decided).update(title="Overwritten")
    page = client_of(erin).get(version.get_absolute_url()).content.decode()
    assert ProgrammeVersion.objects.get().content == before
    assert "Water Board" in page
    assert "Readiness" in page
    assert "Look at the dykes" in page
    assert "Overwritten" not in page
    assert "Board of Waters" not in page


def test_freezing_twice_gives_one_text(decided):
    assert frozen_text(freeze_programme(decided)) == frozen_text(freeze_programme(Programme.objects.get()))


def test_dropped_candidates_are_no_part_of_the_decision(add, draft, decide, alice):
    actions.drop_activity(actor=alice, activity=add("Left out"), reason="No money")
    kept = add("Kept")
    decide(draft)
    version = draft.versions.get()
    assert [item["title"] for item in version.frozen["activities"]] == ["Kept"]
    kept.refresh_from_db()
    assert kept.decided_in == version
    assert Activity.objects.get(title="Left out").decided_in is None


def test_a_version_is_never_changed_or_deleted(decided):
    version = decided.versions.get()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(TypeError):
        ProgrammeVersion.objects.update(number=2)
    with pytest.raises(TypeError):
        ProgrammeVersion.objects.all().delete()


def _overwrite(version, content, digest):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programme_programmeversion SET content = %s, digest = %s WHERE id = %s",
            [content, digest, version.pk],
        )
    return ProgrammeVersion.objects.get(pk=version.pk)


def test_a_changed_text_is_noticed(decided, client_of, erin):
    version = decided.versions.get()
    changed = _overwrite(version, version.content.replace("dykes", "ditches"), version.digest)
    assert not changed.is_intact
    page = client_of(erin).get(version.get_absolute_url())
    assert page.context["is_intact"] is False
    assert "utrecht-alert--error" in page.content.decode()


def test_a_changed_text_with_a_fitting_digest_is_noticed_in_the_events(decided, client_of, erin):
    version = decided.versions.get()
    assert has_recorded_digest(version)
    text = version.content.replace("dykes", "ditches")
    changed = _overwrite(version, text, digest_of(text))
    assert changed.is_intact
    assert not has_recorded_digest(changed)
    page = client_of(erin).get(version.get_absolute_url())
    assert page.context["is_recorded"] is False
    assert "utrecht-alert--error" in page.content.decode()


@pytest.mark.parametrize("content", ["", "not json", "[]", json.dumps({"programme": {}})])
def test_a_ruined_text_still_gives_a_page(content, decided, client_of, erin):
    version = _overwrite(decided.versions.get(), content, "0" * 64)
    page = client_of(erin).get(version.get_absolute_url())
    assert page.status_code == 200
    assert page.context["frozen"] is None


def test_the_intact_version_says_so(decided, client_of, erin):
    page = client_of(erin).get("/programme/2026/versions/1/")
    assert page.context["is_intact"] is True
    assert page.context["is_recorded"] is True
    assert "utrecht-alert--ok" in page.content.decode()


def test_the_decision_page_shows_what_will_be_frozen(add, draft, decide, carol, client_of):
    add("Shown before the decision")
    decide(draft, until="consulted")
    page = client_of(carol).get("/programme/2026/decide/")
    assert "Shown before the decision" in page.content.decode()
    assert page.context["form"].initial["revision"] == draft.revision


@pytest.mark.parametrize("with_a_fitting_digest", [False, True])
def test_verify_names_a_version_that_is_not_what_was_decided(decided, with_a_fitting_digest):
    version = decided.versions.get()
    call_command("verify")
    text = version.content.replace("dykes", "ditches")
    _overwrite(version, text, digest_of(text) if with_a_fitting_digest else version.digest)
    assert [str(version) in problem for problem in changed_versions()] == [True]
    with pytest.raises(CommandError):
        call_command("verify")


def test_verify_names_a_decided_version_that_is_gone(decided):
    name = str(decided.versions.get())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_activity SET decided_in_id = NULL")
        cursor.execute("DELETE FROM programme_programmeversion")
    assert [name in problem for problem in changed_versions()] == [True]
