"""What staff sees and does through the API: as on the pages, and by need-to-know.

All pairs of state and step: tests/project/test_steps.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.supervision.signals.api_calling import Caller
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.supervision.signals.models import Message, Outcome, Signal, SignalState, TriageStep

pytestmark = pytest.mark.django_db


def test_what_it_is_added_to(came_in: Any, bob: Any) -> None:
    signal = came_in(state=SignalState.IN_TRIAGE)
    body = {"stap": "toevoegen", "revisie": signal.revision, "doel": "programme.activity:999"}
    response = Caller(bob).post(f"signalen/{signal.reference}/stappen", body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["location"] == {"pointer": "/doel"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"stap": "weg"},
        {"stap": ["x"]},
        {"stap": "geen-actie"},
        {"stap": "in-behandeling-nemen"},
        {"stap": "in-behandeling-nemen", "revisie": 1, "kleur": "rood"},
    ],
)
def test_a_step_that_is_none_changes_nothing(came_in: Any, bob: Any, body: Any) -> None:
    signal = came_in()
    response = Caller(bob).post(f"signalen/{signal.reference}/stappen", body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert not TriageStep.objects.exists()


def test_who_saw_an_earlier_revision_is_told(came_in: Any, bob: Any) -> None:
    signal = came_in()
    Signal.objects.update(revision=5)
    response = Caller(bob).post(f"signalen/{signal.reference}/stappen", {"stap": "in-behandeling-nemen", "revisie": 1})
    assert response.status_code == 409


def test_a_refused_step_is_told_in_the_words_of_the_api(came_in: Any, bob: Any) -> None:
    signal = came_in()
    body = {"stap": "heropenen", "revisie": signal.revision, "reden": "Daarom."}
    told = Caller(bob).post(f"signalen/{signal.reference}/stappen", body).json()
    assert "heropenen" in told["detail"]
    assert "ontvangen" in told["detail"]


def test_a_step_with_a_key_is_taken_once(came_in: Any, bob: Any) -> None:
    signal = came_in(state=SignalState.IN_TRIAGE)
    body = {"stap": "melder-vragen", "revisie": signal.revision, "vraag": "Wanneer?"}
    first, again = (Caller(bob).post(f"signalen/{signal.reference}/stappen", body, key="k1") for _time in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert Message.objects.count() == 1


def test_a_step_with_what_one_may_not_see_finds_nothing(came_in: Any, bob: Any, team: Any, bart: Any) -> None:
    signal = came_in(access="team", team=team)
    body = {"stap": "in-behandeling-nemen", "revisie": signal.revision}
    assert Caller(bart).post(f"signalen/{signal.reference}/stappen", body).status_code == 404
    assert Caller(bob).post(f"signalen/{signal.reference}/stappen", body).status_code == 200


def test_an_administrator_sees_the_list_and_handles_nothing(came_in: Any, dave: Any) -> None:
    signal = came_in()
    assert [line["kenmerk"] for line in Caller(dave).get("signalen").json()["signalen"]] == [signal.reference]
    body = {"stap": "in-behandeling-nemen", "revisie": signal.revision}
    assert Caller(dave).post(f"signalen/{signal.reference}/stappen", body).status_code == 403


def test_the_list_is_by_need_to_know(came_in: Any, bob: Any, bart: Any, team: Any) -> None:
    seen, hidden = came_in(), came_in(access="team", team=team, subject="kanarie")
    references = [line["kenmerk"] for line in Caller(bob).get("signalen").json()["signalen"]]
    assert references == [hidden.reference, seen.reference]
    answer = Caller(bart).get("signalen")
    assert [line["kenmerk"] for line in answer.json()["signalen"]] == [seen.reference]
    assert b"kanarie" not in answer.content


def test_the_list_is_for_staff(olga: Any, pia: Any, erin: Any) -> None:
    for outsider in (olga, pia, erin):
        assert Caller(outsider).get("signalen").status_code == 403


def test_a_restricted_one_in_the_list_is_in_the_read_trail(came_in: Any, bob: Any) -> None:
    signal = came_in(access="restricted")
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="Onderzoek")
    came_in()
    Caller(bob).get("signalen")
    reading = Reading.objects.get()
    assert (reading.kind, reading.object_label, reading.purpose) == ("api", signal.reference, "Onderzoek")


def test_the_list_is_filtered(came_in: Any, bob: Any) -> None:
    came_in()
    closed = came_in(state=SignalState.CLOSED, outcome=Outcome.NO_ACTION, kind="complaint")
    caller = Caller(bob)
    for asked in ("toestand=gesloten", "soort=klacht"):
        assert [line["kenmerk"] for line in caller.get(f"signalen?{asked}").json()["signalen"]] == [closed.reference]
    for wrong in (
        "toestand=weg",
        "kanaal=duif",
        "ontvangenVanaf=gisteren",
        "ontvangenVanaf=2026-01-01T00:00:00",
        "ontvangenVanaf=0001-01-01T00:00:00%2B02:00",
    ):
        assert caller.get(f"signalen?{wrong}").status_code == 400
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat().replace("+", "%2B")
    assert caller.get(f"signalen?ontvangenVanaf={tomorrow}").json()["signalen"] == []


def test_the_number_of_queries_does_not_grow_with_the_rows(came_in: Any, bob: Any, prison: Any) -> None:
    caller = Caller(bob)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert caller.get("signalen").status_code == 200
        return len(captured)

    came_in(organisation=prison, assignee=bob)
    queries()
    few = queries()
    for _each in range(10):
        came_in(organisation=prison, assignee=bob)
    assert queries() == few
