"""The page of a signal: what was told, by whom, what was done, and what came in before about the same organisation."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.supervision.signals.models import Bundle, IncidentWeighing, OwnEvaluation, Sender

pytestmark = pytest.mark.django_db


def test_earlier_ones_and_findings_of_the_organisation_stand_beside_it(
    bob: Any, client_of: Any, came_in: Any, prison: Any, shelter: Any
) -> None:
    from django.utils import timezone

    signal, before = came_in(organisation=prison), came_in(organisation=prison, subject="Eerdere brand")
    came_in(organisation=shelter, subject="kanarie")
    OwnEvaluation.objects.create(
        signal=before,
        organisation=prison,
        state="judged",
        question="?",
        due_on=timezone.localdate(),
        judged_at=timezone.now(),
        conclusion="Oorzaken niet gezocht.",
    )
    page = client_of(bob).get(signal.get_absolute_url()).content.decode()
    assert "Eerdere brand" in page
    assert "Oorzaken niet gezocht." in page
    assert "kanarie" not in page


@pytest.mark.parametrize("access", ["open", "restricted"])
def test_the_words_of_a_restricted_finding_stand_on_its_own_page_only(
    access: str, bob: Any, client_of: Any, came_in: Any, prison: Any
) -> None:
    from django.utils import timezone

    signal, before = came_in(organisation=prison), came_in(organisation=prison, access=access)
    FileAccess.objects.create(file_key=before.file_key, user=bob, purpose="Onderzoek")
    weighing = IncidentWeighing.objects.create(
        signal=before, state="no_investigation", decided_at=timezone.now(), decision_reason="kanarie-reden"
    )
    OwnEvaluation.objects.create(
        signal=before,
        organisation=prison,
        state="judged",
        question="?",
        due_on=timezone.localdate(),
        judged_at=timezone.now(),
        conclusion="kanarie-conclusie",
    )
    page = client_of(bob).get(signal.get_absolute_url()).content.decode()
    assert str(weighing) in page
    assert weighing.get_absolute_url() in page
    assert ("kanarie-reden" in page, "kanarie-conclusie" in page) == ((access == "open"),) * 2
    assert not Reading.objects.exists()


def test_nothing_beside_it_betrays_what_is_invisible(
    bart: Any, client_of: Any, came_in: Any, prison: Any, team: Any
) -> None:
    bundle = Bundle.objects.create(title="Samen")
    signal = came_in(organisation=prison, bundle=bundle)
    hidden = {"access": "team", "team": team, "organisation": prison, "subject": "kanarie"}
    others = [
        came_in(**hidden, bundle=bundle),
        came_in(**hidden, state="merged", merged_into=signal),
        came_in(**hidden, text="Het lekt."),
    ]
    page = client_of(bart).get(signal.get_absolute_url()).content.decode()
    assert "kanarie" not in page
    assert not any(each.reference in page for each in others)
    about = client_of(bart).get(prison.get_absolute_url()).content.decode()
    assert signal.reference in about
    assert not any(each.reference in about for each in others)


def test_a_merged_one_does_not_say_into_what_invisible_one(bart: Any, client_of: Any, came_in: Any, team: Any) -> None:
    hidden = came_in(access="team", team=team)
    signal = came_in(state="merged", merged_into=hidden)
    assert hidden.reference not in client_of(bart).get(signal.get_absolute_url()).content.decode()


def test_the_sender_stands_on_the_page_and_on_no_list(bob: Any, client_of: Any, came_in: Any) -> None:
    signal, client = came_in(), client_of(bob)
    Sender.objects.create(signal=signal, is_anonymous=False, name="kanarie")
    assert "kanarie" in client.get(signal.get_absolute_url()).content.decode()
    for query in ("", "?words=kanarie", "?format=csv"):
        answer = client.get(reverse("signals:work-list") + query)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"<td>kanarie" not in content
        assert b"kanarie," not in content


def test_opening_a_restricted_one_leaves_one_reading(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(access="restricted")
    assert client_of(bob).get(signal.get_absolute_url()).status_code == 404
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="Onderzoek")
    assert client_of(bob).get(signal.get_absolute_url()).status_code == 200
    reading = Reading.objects.get()
    assert (reading.user, reading.object_label, reading.purpose) == (bob, signal.reference, "Onderzoek")


@pytest.mark.parametrize("form", ["csv", "xlsx", "print"])
def test_an_export_with_restricted_ones_leaves_readings(form: str, bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(access="restricted")
    came_in()
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="Onderzoek")
    client_of(bob).get(f"{reverse('signals:work-list')}?format={form}")
    assert [(each.object_label, each.kind) for each in Reading.objects.all()] == [(signal.reference, "export")]


def test_the_page_leads_to_history_line_of_sight_and_comments(
    bob: Any, client_of: Any, came_in: Any, prison: Any
) -> None:
    from zichtlijn.supervision.signals.actions import triage

    signal = came_in(organisation=prison)
    triage.take_up(actor=bob, signal=signal)
    page = client_of(bob).get(signal.get_absolute_url()).content.decode()
    for panel in ("panel-history", "panel-line-of-sight", "panel-comments"):
        assert f'id="{panel}"' in page


def test_what_nobody_may_take_is_not_offered(bob: Any, client_of: Any, came_in: Any) -> None:
    page = client_of(bob).get(came_in().get_absolute_url()).content.decode()
    assert "/steps/take_up" in page
    assert "/steps/take_no_action" not in page
    answer = client_of(bob).get(reverse("signals:signal-step", args=[came_in().pk, "take_no_action"]))
    assert answer.status_code == 302  # back, with the reason why not


def test_a_partner_with_access_to_the_file_does_not_get_this_page(pia: Any, client_of: Any, came_in: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    signal = came_in(access="restricted")
    until = timezone.localdate() + timedelta(days=7)
    FileAccess.objects.create(file_key=signal.file_key, user=pia, purpose="Samen onderzoeken", until=until)
    Sender.objects.create(signal=signal, is_anonymous=False, name="kanarie")
    assert client_of(pia).get(signal.get_absolute_url()).status_code == 404


def test_the_history_says_the_ground_in_words(bob: Any, client_of: Any, came_in: Any) -> None:
    from zichtlijn.supervision.signals.actions import triage

    signal = came_in(state="in_triage")
    triage.take_no_action(actor=bob, signal=signal, ground="no_task", reason="x")
    page = client_of(bob).get(reverse("events:history", args=["signals.signal", signal.pk])).content.decode()
    assert "no_task" not in page


def test_the_line_of_an_organisation_holds_only_what_led_to_something(bob: Any, came_in: Any, prison: Any) -> None:
    from zichtlijn.platform.trace.sight import line_of_sight
    from zichtlijn.supervision.programme.models import Activity, Perspective, Programme

    perspective = Perspective.objects.create(title="Meerjarenperspectief", first_year=2024, last_year=2027)
    programme = Programme.objects.create(year=2024, slug="2024", title="Werkprogramma 2024", perspective=perspective)
    activity = Activity.objects.create(programme=programme, code="A1", title="Toezicht", kind="visit")
    added = came_in(organisation=prison, state="closed", outcome="added", added_to=activity)
    came_in(organisation=prison)

    def labels(record: Any) -> list[str]:
        found = line_of_sight(record, bob)
        return [str(node.record) for node in found.nodes.values()] if found else []

    assert [label for label in labels(prison) if label.startswith("S-")] == [added.reference]
    assert added.reference in labels(activity)
    assert activity.title in labels(added)
