"""Steps with several rows at once: all of them or none, and a refusal names the rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.models import Bundle, Signal

pytestmark = pytest.mark.django_db


def send(client: Any, signals: list[Signal], step: str, **values: Any) -> Any:
    sent = {"selected": [each.pk for each in signals], "step": step, "confirmed": "1"} | values
    return client.post(reverse("signals:bulk"), sent)


def test_the_list_offers_the_steps_and_names_the_rows(bob: Any, dave: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in()
    page = client_of(bob).get(reverse("signals:work-list")).content.decode()
    assert f'value="{signal.pk}" form="bulk"' in page
    assert 'value="take_no_action"' in page
    assert "data-select-row" not in client_of(dave).get(reverse("signals:work-list")).content.decode()


def test_nothing_happens_before_it_is_confirmed(bob: Any, client_of: Any, came_in: Any) -> None:
    signals = [came_in(), came_in()]
    chosen = {"selected": [each.pk for each in signals], "step": "take_up", "back": "/signals/?whose=unassigned"}
    page = client_of(bob).post(reverse("signals:bulk"), chosen)
    assert page.status_code == 200
    assert all(each.reference in page.content.decode() for each in signals)
    assert not Event.objects.exists()


def test_all_are_taken(bob: Any, client_of: Any, came_in: Any, team: Any) -> None:
    client, signals = client_of(bob), [came_in(), came_in()]
    assert send(client, signals, "assign", assignee=bob.pk, back="/signals/?whose=mine").url == "/signals/?whose=mine"
    assert send(client, signals, "set_team", team=team.pk).status_code == 302
    assert send(client, signals, "take_up").status_code == 302
    assert send(client, signals, "bundle", title="Samen").status_code == 302
    assert send(client, signals, "take_no_action", ground="known", reason="Al bekend.").status_code == 302
    kept = [(each.state, each.outcome, each.assignee, each.team) for each in Signal.objects.all()]
    assert kept == [("closed", "no_action", bob, team)] * 2
    assert Bundle.objects.get().signals.count() == 2


def test_one_that_is_refused_stops_all_and_is_named(bob: Any, client_of: Any, came_in: Any) -> None:
    fitting, closed = came_in(state="in_triage"), came_in(state="closed", outcome="no_action")
    answer = send(client_of(bob), [fitting, closed], "take_no_action", ground="known", reason="x")
    assert answer.status_code == 422
    assert any(closed.reference in str(error) for error in answer.context["form"].non_field_errors())
    fitting.refresh_from_db()
    assert fitting.state == "in_triage"
    assert not fitting.steps.exists()
    assert not Event.objects.exists()


def test_what_cannot_be_seen_and_what_is_not_there_are_refused_alike(
    bart: Any, client_of: Any, came_in: Any, team: Any
) -> None:
    seen, hidden = came_in(), came_in(access="team", team=team, subject="kanarie")
    for other in (hidden, Signal(pk=999_999)):
        answer = send(client_of(bart), [seen, other], "take_up")
        assert answer.status_code == 302
        page = client_of(bart).get(answer.url).content.decode()
        assert "kanarie" not in page
    seen.refresh_from_db()
    assert seen.state == "received"


@pytest.mark.parametrize("values", [{}, {"selected": ["x", ""]}, {"selected": list(range(1, 300))}, {"step": "fly"}])
def test_nonsense_leads_back_to_the_list(values: dict[str, Any], bob: Any, client_of: Any) -> None:
    answer = client_of(bob).post(reverse("signals:bulk"), {"step": "take_up", "back": "//elsewhere.example/"} | values)
    assert answer.status_code == 302
    assert answer.url == reverse("signals:work-list")


def test_missing_ground_is_asked_with_the_rows_still_chosen(bob: Any, client_of: Any, came_in: Any) -> None:
    signal = came_in(state="in_triage")
    answer = send(client_of(bob), [signal], "take_no_action", reason="x")
    assert answer.status_code == 422
    assert f'name="selected" value="{signal.pk}"' in answer.content.decode()


def test_whoever_does_not_handle_takes_no_bulk_step(dave: Any, client_of: Any, came_in: Any) -> None:
    assert send(client_of(dave), [came_in()], "take_up").status_code == 403
