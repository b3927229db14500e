"""A batch of notifications: sent again gives the same answer, and nothing accepted is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.supervision.signals.api_calling import Caller, notification
from zichtlijn.platform.api.models import IdempotentAnswer
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.field.models import OrganisationAccount
from zichtlijn.supervision.signals.actions import notifying, triage
from zichtlijn.supervision.signals.actions.batch import take_batch
from zichtlijn.supervision.signals.api.serializers import MeldingInvoer
from zichtlijn.supervision.signals.api.words import FIELDS
from zichtlijn.supervision.signals.models import Notification, Signal, SignalState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
THREADS = 16


def batch(*items: Any) -> dict[str, Any]:
    return {"meldingen": list(items)}


def outcomes(response: Any) -> list[str]:
    return [line["uitkomst"] for line in response.json()["resultaten"]]


@pytest.fixture
def caller(spokeswoman: Any) -> Caller:
    return Caller(spokeswoman)


def test_what_is_accepted_is_a_received_notification_with_its_terms(caller: Caller, prison: Any, bob: Any) -> None:
    response = caller.post("meldingreeksen", batch(notification("A-1"), notification("A-2")), key="k1")
    assert response.status_code == 200, response.content
    assert outcomes(response) == ["aanvaard", "aanvaard"]
    first = Signal.objects.visible_to(bob).get(sender_reference="A-1")
    assert response.json()["resultaten"][0]["kenmerk"] == first.reference
    assert (first.organisation, first.state, first.channel) == (prison, SignalState.RECEIVED, "api")
    kept = first.notification
    assert kept.due_at is not None
    assert first.term_at == kept.closing_due_at is not None


def test_the_same_terms_as_in_the_portal(caller: Caller, spokeswoman: Any, prison: Any) -> None:
    caller.post("meldingreeksen", batch(item := notification("A-1")), key="k1")
    by_api = Notification.objects.get()
    values = {"category": item["categorie"], "discovered_at": by_api.discovered_at, "subject": "x", "text": "y"}
    draft = notifying.start_notification(actor=spokeswoman, organisation=prison, values=values)
    by_portal = notifying.submit_notification(actor=spokeswoman, signal=draft).notification
    assert by_api.due_at == by_portal.due_at
    assert by_api.closing_due_at.date() == by_portal.closing_due_at.date()


def test_it_is_recorded_and_found_without_a_word_of_it_in_the_events(caller: Caller) -> None:
    caller.post("meldingreeksen", batch(notification("A-1", omschrijving="kanarie")), key="k1")
    event = Event.objects.get(action="signals.take_batch")
    assert "kanarie" not in event.before + event.after + event.reason + event.object_label
    assert SearchEntry.objects.get(model_label="signals.signal").audience == "staff"


def test_the_same_request_again_gives_the_same_answer(caller: Caller) -> None:
    first = caller.post("meldingreeksen", batch(notification("A-1"), notification("A-2")), key="k1")
    again = caller.post("meldingreeksen", batch(notification("A-1"), notification("A-2")), key="k1")
    assert again.content == first.content
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Signal.objects.count() == 2


def test_a_key_with_another_request_is_refused(caller: Caller) -> None:
    caller.post("meldingreeksen", batch(notification("A-1")), key="k1")
    other = caller.post("meldingreeksen", batch(notification("A-2")), key="k1")
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"
    assert Signal.objects.count() == 1


@pytest.mark.parametrize("key", ["", "with space", "x" * 101, "é"])
def test_a_batch_needs_a_key(caller: Caller, key: str) -> None:
    response = caller.post("meldingreeksen", batch(notification("A-1")), key=key)
    assert response.status_code == 400
    assert not Signal.objects.exists()


def test_what_is_refused_does_not_stop_the_others(caller: Caller, shelter: Any) -> None:
    response = caller.post(
        "meldingreeksen",
        batch(
            notification("A-1"),
            notification("A-2", ontdektOp="yesterday", omschrijving=""),
            notification("A-3", categorie="nothing"),
            notification("A-4", organisatie=shelter.pk),
            notification(""),
            "not a notification",
            notification("A-5", kleur="blauw"),
            notification("A-6", ontdektOp="2126-01-01T00:00:00Z"),
            notification("A-7"),
        ),
        key="k1",
    )
    assert outcomes(response) == ["aanvaard", *["geweigerd"] * 7, "aanvaard"]
    lines = response.json()["resultaten"]
    places = [{fault["location"]["pointer"] for fault in line["fouten"]} for line in lines]
    assert places[1] == {"/ontdektOp", "/omschrijving"}
    assert places[2:8] == [{"/categorie"}, {"/organisatie"}, {"/eigenKenmerk"}, {"/"}, {"/kleur"}, {"/ontdektOp"}]
    assert response.json()["aantallen"] == {"aanvaard": 2, "reeds-ontvangen": 0, "strijdig": 0, "geweigerd": 7}
    assert sorted(Signal.objects.values_list("sender_reference", flat=True)) == ["A-1", "A-7"]


def test_an_own_reference_is_taken_once_also_with_another_key(caller: Caller, bob: Any) -> None:
    first = caller.post("meldingreeksen", batch(item := notification("A-1")), key="k1")
    triage.take_up(actor=bob, signal=Signal.objects.get())
    other = notification("A-1", omschrijving="Iets heel anders.")
    second = caller.post("meldingreeksen", batch(item, other, notification("A-2"), notification("A-2")), key="k2")
    assert outcomes(second) == ["reeds-ontvangen", "strijdig", "aanvaard", "reeds-ontvangen"]
    assert second.json()["resultaten"][0]["kenmerk"] == first.json()["resultaten"][0]["kenmerk"]
    assert second.json()["resultaten"][3]["kenmerk"] == second.json()["resultaten"][2]["kenmerk"]
    assert Signal.objects.count() == 2


def test_a_draft_with_that_reference_was_not_received(caller: Caller, spokeswoman: Any, prison: Any) -> None:
    caller.post("meldingreeksen", batch(item := notification("A-1")), key="k1")
    Signal.objects.update(state=SignalState.DRAFT)
    second = caller.post("meldingreeksen", batch(item), key="k2")
    assert outcomes(second) == ["strijdig"]
    assert second.json()["resultaten"][0]["kenmerk"] is None


def test_two_organisations_use_the_same_key_and_reference(caller: Caller, pia: Any, shelter: Any) -> None:
    pia.role = "organisation"
    pia.save()
    OrganisationAccount.objects.create(user=pia, organisation=shelter, since="2020-01-01")
    caller.post("meldingreeksen", batch(notification("A-1")), key="k1")
    other = Caller(pia).post("meldingreeksen", batch(notification("A-1")), key="k1")
    assert outcomes(other) == ["aanvaard"]
    assert "Idempotency-Replayed" not in other
    assert Signal.objects.count() == 2


def test_who_speaks_for_more_than_one_says_for_which(caller: Caller, olga: Any, shelter: Any) -> None:
    OrganisationAccount.objects.create(user=olga, organisation=shelter, since="2020-01-01")
    items = batch(notification("A-1"), notification("A-1", organisatie=shelter.pk))
    assert outcomes(caller.post("meldingreeksen", items, key="k1")) == ["geweigerd", "aanvaard"]
    assert Signal.objects.get().organisation == shelter


@pytest.mark.parametrize("body", [[], {}, {"meldingen": []}, {"meldingen": {}}, {"meldingen": [{}] * 501}, 3, None])
def test_what_is_no_batch_is_refused_as_a_whole(caller: Caller, body: Any) -> None:
    response = caller.post("meldingreeksen", body, key="k1")
    assert response.status_code == 400
    assert not IdempotentAnswer.objects.exists()


def test_a_hundred_take_a_few_more_statements_than_one(caller: Caller) -> None:
    def queries(number: int, key: str) -> int:
        items = batch(*(notification(f"{key}-{count}") for count in range(number)))
        with CaptureQueriesContext(connection) as captured:
            assert caller.post("meldingreeksen", items, key=key).status_code == 200
        return len(captured)

    queries(1, "warm")
    # One statement takes 999 values on SQLite, so that a hundred rows take a few; never one for each.
    assert queries(100, "hundred") - queries(1, "one") <= 10


def test_within_the_transaction_only_used_references_are_looked_up(caller: Caller) -> None:
    caller.post("meldingen", notification("A-1"))
    with CaptureQueriesContext(connection) as captured:
        assert caller.post("meldingen", notification("A-2")).status_code == 201
    statements = [query["sql"] for query in captured]
    begin = next(number for number, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    reading = [sql for sql in statements[begin:] if sql.startswith("SELECT")]
    assert len(reading) == 1, reading
    assert "sender_reference" in reading[0]


def test_every_field_has_a_name_under_which_its_faults_are_told() -> None:
    assert {name: field.source for name, field in MeldingInvoer().fields.items()} == {
        name: field for field, name in FIELDS.items()
    }


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    results: list[Any] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results.append(work())
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.mark.django_db(transaction=True)
def test_sixteen_times_at_once_with_one_key_is_one_set(caller: Caller) -> None:
    items = batch(*(notification(f"A-{number}") for number in range(20)))
    answers = at_once([lambda: caller.post("meldingreeksen", items, key="k1")] * THREADS)
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * THREADS
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert Signal.objects.count() == Notification.objects.count() == 20
    assert Event.objects.filter(action="signals.take_batch").count() == 20
    assert SearchEntry.objects.filter(model_label="signals.signal").count() == 20


@pytest.mark.django_db(transaction=True)
def test_sixteen_overlapping_batches_at_once_take_each_reference_once(caller: Caller) -> None:
    items = [notification(f"A-{number:02}") for number in range(THREADS + 4)]

    def sent(first: int) -> Callable[[], Any]:
        chosen = items[first : first + 5]
        return lambda: caller.post("meldingreeksen", batch(*(chosen if first % 2 else chosen[::-1])), key=f"k{first}")

    answers = at_once([sent(first) for first in range(THREADS)])
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * THREADS
    assert {outcome for answer in answers for outcome in outcomes(answer)} == {"aanvaard", "reeds-ontvangen"}
    assert Signal.objects.count() == Notification.objects.count() == THREADS + 4
    told = [line for answer in answers for line in answer.json()["resultaten"]]
    assert sum(line["uitkomst"] == "aanvaard" for line in told) == THREADS + 4
    kept = {signal.sender_reference: signal.reference for signal in Signal.objects.all()}
    assert all(kept[line["eigenKenmerk"]] == line["kenmerk"] for line in told)


def test_a_batch_that_fails_half_way_leaves_nothing_and_frees_its_key(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zichtlijn.supervision.signals.actions import batch as module

    def broken(_records: Any) -> int:
        raise OSError("the index is gone")

    with monkeypatch.context() as patch:
        patch.setattr(module, "index_records", broken)
        response = caller.post("meldingreeksen", batch(notification("A-1")), key="k1")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert not Signal.objects.exists()
    assert outcomes(caller.post("meldingreeksen", batch(notification("A-1")), key="k1")) == ["aanvaard"]


def test_staff_takes_no_batch(bob: Any) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        take_batch(actor=bob, notifications=[])
    assert Caller(bob).post("meldingreeksen", batch(notification("A-1")), key="k1").status_code == 403
