"""What a weighing rests on: linked while it is scored, shown to who may see it, and a step in the line of sight."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.supervision.signals.api_calling import Caller
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.registry import kind_named
from zichtlijn.platform.search.indexing import index_records
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.signals import evidence_kinds
from zichtlijn.supervision.signals.actions import evidence as actions
from zichtlijn.supervision.signals.actions import weighing as weighings
from zichtlijn.supervision.signals.models import CriterionEvidence, IncidentWeighing, OwnEvaluation, Signal
from zichtlijn.supervision.signals.stepping import Stale
from zichtlijn.supervision.sources.models import Dataset, Document, Passage, SavedFigure

pytestmark = pytest.mark.django_db
NOT_OPEN = "niet voor u toegankelijk"


@pytest.fixture
def weighing(bob: Any, came_in: Any, prison: Any) -> IncidentWeighing:
    """Begun by Bob about a signal in triage."""
    return weighings.start_weighing(
        actor=bob, about=came_in(state="in_triage", organisation=prison, subject="Val in de doucheruimte")
    )


@pytest.fixture
def other(came_in: Any, prison: Any) -> Any:
    """Another signal, that everybody of the staff may see."""
    return came_in(organisation=prison, subject="Brand in de keuken")


@pytest.fixture
def restricted(came_in: Any, bob: Any) -> Any:
    """A signal that only Bob may see."""
    signal = came_in(subject="Over een collega", access="restricted")
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="Onderzoek")
    return signal


@pytest.fixture
def figure(db: None) -> SavedFigure:
    """A kept figure of a chain analysis."""
    dataset = Dataset.objects.create(title="Jeugdbescherming", filename="log.csv")
    return SavedFigure.objects.create(
        dataset=dataset, title="Overdrachten per maand", metric="hand-overs", cut_off=timezone.now(), result={}
    )


@pytest.fixture
def evaluation(other: Any) -> OwnEvaluation:
    """Judged, about the other signal."""
    return OwnEvaluation.objects.create(
        signal=other, organisation=other.organisation, question="Wat?", due_on=timezone.localdate(), state="judged"
    )


@pytest.fixture
def document(db: None) -> Document:
    """A document with a passage."""
    made = Document.objects.create(title="Jaarbericht")
    Passage.objects.create(document=made, number=1, kind="paragraph", start=0, end=9, text="Nachtdiensten zijn krap.")
    return made


def linked(weighing: IncidentWeighing, record: Any, actor: Any, criterion: str = "impact", note: str = "") -> Any:
    return actions.add_evidence(actor=actor, weighing=weighing, criterion=criterion, record=record, note=note)


def page(client_of: Any, person: Any, address: str) -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def address_of(weighing: IncidentWeighing) -> str:
    return reverse("signals:weighing-evidence", args=[weighing.pk])


def test_each_kind_of_record_can_be_linked_and_is_shown_with_its_name(
    *, weighing: Any, bob: Any, client_of: Any, figure: Any, other: Any, evaluation: Any, document: Any
) -> None:
    for record in (figure, other, evaluation, document):
        linked(weighing, record, bob, note=f"Zie {record.pk}.")
    shown = page(client_of, bob, weighing.get_absolute_url())
    for record, name in (
        (figure, "Overdrachten per maand"),
        (other, f"{other.reference} – Brand in de keuken"),
        (evaluation, f"{evaluation} – Penitentiaire inrichting Dijkzicht ({other.reference})"),
        (document, "Jaarbericht"),
    ):
        assert f'href="{record.get_absolute_url()}">{name}</a>' in shown
        assert f"Zie {record.pk}." in shown
    assert shown.count("/remove") == 4
    printed = page(client_of, bob, f"{weighing.get_absolute_url()}?format=print")
    assert "Overdrachten per maand" in printed
    assert "/remove" not in printed
    assert "/evidence" not in printed


def test_linking_changes_the_weighing_and_makes_a_maker_of_who_did_it(weighing: Any, anna: Any, other: Any) -> None:
    made = linked(weighing, other, anna, note="  Zelfde nacht.  ")
    weighing.refresh_from_db()
    assert (made.note, made.added_by, made.added_by_name) == ("Zelfde nacht.", anna, str(anna))
    assert weighing.revision == 2
    assert anna in weighing.makers.all()


def test_a_criterion_rests_on_a_record_once(weighing: Any, bob: Any, other: Any) -> None:
    linked(weighing, other, bob)
    with pytest.raises(ValidationError) as refused:
        actions.add_evidence(actor=bob, weighing=weighing, criterion="impact", record=other, revision=1)
    assert list(refused.value.message_dict) == ["record"]
    assert not isinstance(refused.value, Stale)
    linked(weighing, other, bob, criterion="system")
    assert weighing.evidence.count() == 2


def test_who_saw_an_earlier_revision_links_and_unlinks_nothing(weighing: Any, bob: Any, other: Any) -> None:
    made = linked(weighing, other, bob)
    with pytest.raises(Stale):
        actions.add_evidence(actor=bob, weighing=weighing, criterion="system", record=other, revision=1)
    with pytest.raises(Stale):
        actions.remove_evidence(actor=bob, weighing=weighing, number=made.pk, revision=1)
    assert weighing.evidence.count() == 1


@pytest.mark.parametrize("state", ["submitted", "investigate", "no_investigation", "withdrawn"])
def test_what_is_not_being_scored_keeps_what_it_rests_on(
    weighing: Any, bob: Any, other: Any, state: str, client_of: Any
) -> None:
    made = linked(weighing, other, bob)
    IncidentWeighing.objects.update(state=state, decision_reason="Zo besloten")
    for act in (
        lambda: linked(weighing, other, bob, criterion="system"),
        lambda: actions.remove_evidence(actor=bob, weighing=weighing, number=made.pk),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "shut"
    assert client_of(bob).get(address_of(weighing)).url == weighing.get_absolute_url()
    body = {"criterion": "system", "record": evidence_kinds.evidence_value(other), "revision": 2}
    assert client_of(bob).post(address_of(weighing), body).url == weighing.get_absolute_url()
    shown = page(client_of, bob, weighing.get_absolute_url())
    assert "Brand in de keuken" in shown
    assert "/remove" not in shown
    assert weighing.evidence.get() == made


@pytest.mark.parametrize("person", ["erin", "frank", "dave", "olga", "pia"])
def test_who_may_not_score_links_and_unlinks_nothing(weighing: Any, bob: Any, other: Any, person: str, request: Any):
    made, user = linked(weighing, other, bob), request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        linked(weighing, other, user, criterion="system")
    with pytest.raises(PermissionDenied):
        actions.remove_evidence(actor=user, weighing=weighing, number=made.pk)


def test_what_cannot_be_linked_is_refused_alike(
    *, weighing: Any, bart: Any, restricted: Any, came_in: Any, evaluation: Any, figure: Any, prison: Any
) -> None:
    OwnEvaluation.objects.update(state="handed_in")
    SavedFigure.objects.update(is_withdrawn=True)
    gone = came_in(subject="Weg")
    key, _deleted = gone.pk, gone.delete()
    gone.pk = key
    told = set()
    for record in (restricted, came_in(state="draft", kind="notification"), gone, evaluation, figure, prison):
        with pytest.raises(ValidationError) as refused:
            linked(weighing, record, bart)
        told.add(str(refused.value.message_dict))
    assert len(told) == 1
    with pytest.raises(ValidationError) as refused:
        linked(weighing, weighing.signal, bart)
    assert str(refused.value.message_dict) not in told
    assert not CriterionEvidence.objects.exists()


@pytest.mark.parametrize(("values", "wrong"), [({"criterion": "sum"}, "criterion"), ({"note": "x" * 301}, "note")])
def test_a_wrong_criterion_or_note_is_refused(weighing: Any, bob: Any, other: Any, values: Any, wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_evidence(**{"actor": bob, "weighing": weighing, "criterion": "impact", "record": other} | values)
    assert list(refused.value.message_dict) == [wrong]
    assert not weighing.evidence.exists()


def test_what_is_not_open_to_a_reader_is_only_said_to_be_there(
    weighing: Any, bob: Any, bart: Any, restricted: Any, client_of: Any
) -> None:
    made = linked(weighing, restricted, bob, note="Zie de tweede bladzijde.")
    for address in (weighing.get_absolute_url(), f"{weighing.get_absolute_url()}?format=print"):
        shown = page(client_of, bart, address)
        assert NOT_OPEN in shown
        for hidden in (restricted.reference, "Over een collega", "tweede bladzijde", restricted.get_absolute_url()):
            assert hidden not in shown
        assert "Over een collega" in page(client_of, bob, address)
        assert NOT_OPEN not in page(client_of, bob, address)
    removing = reverse("signals:weighing-evidence-remove", args=[weighing.pk, made.pk])
    assert NOT_OPEN in html.unescape(client_of(bart).post(removing, follow=True).content.decode())
    assert weighing.evidence.exists()
    told = " ".join(f"{each.before}{each.after}{each.reason}" for each in Event.objects.all())
    assert "bladzijde" not in told
    assert restricted.reference not in told


def test_printing_a_restricted_record_is_in_the_read_trail(
    weighing: Any, bob: Any, restricted: Any, client_of: Any
) -> None:
    linked(weighing, restricted, bob)
    page(client_of, bob, weighing.get_absolute_url())
    assert not Reading.objects.exists()
    page(client_of, bob, f"{weighing.get_absolute_url()}?format=print")
    assert list(Reading.objects.values_list("object_label", "kind")) == [(restricted.reference, "export")]


def test_a_record_is_found_by_words_reference_or_address_and_linked(
    *, weighing: Any, bob: Any, client_of: Any, other: Any, figure: Any, evaluation: Any, document: Any
) -> None:
    index_records([weighing.signal, other, figure, document, *document.passages.all()])
    ways = [
        (figure, "overdrachten", "sources.savedfigure"),
        (figure, f"https://zichtlijn.example{figure.get_absolute_url()}?x=1", ""),
        (other, other.reference.lower(), ""),
        (other, "keuken", "signals.signal"),
        (other, "brand/keuken", "signals.signal"),
        (evaluation, str(evaluation), ""),
        (evaluation, "keuken", "signals.ownevaluation"),
        (document, "nachtdiensten", ""),
        (document, "", "sources.document"),
    ]
    browser, address = client_of(bob), address_of(weighing)
    for record, asked, kind in ways:
        found = browser.get(address, {"q": asked, "kind": kind, "criterion": "impact"}).content.decode()
        value = evidence_kinds.evidence_value(record)
        assert f'value="{value}"' in found, (asked, kind)
        assert found.count('name="record"') == 1, (asked, kind)
    query = f"{address}?q=keuken&criterion=reflection"
    first = browser.get(query)
    assert first.context["form"].initial["criterion"] == "reflection"
    body = {"criterion": "reflection", "record": evidence_kinds.evidence_value(other), "note": "Kijk", "revision": 1}
    assert browser.post(query, body).url == weighing.get_absolute_url()
    assert weighing.evidence.get().record == other
    again = browser.post(query, body)
    assert again.status_code == 422
    assert "al aan dit criterium gekoppeld" in html.unescape(again.content.decode())


def test_the_search_finds_neither_what_is_hidden_nor_what_is_weighed(
    weighing: Any, bart: Any, client_of: Any, restricted: Any
) -> None:
    index_records([weighing.signal, restricted])
    for asked in ("collega", restricted.reference, restricted.get_absolute_url(), str(restricted.pk), "doucheruimte"):
        answer = client_of(bart).get(address_of(weighing), {"q": asked})
        assert 'name="record"' not in answer.content.decode(), asked
    body = {"criterion": "impact", "record": evidence_kinds.evidence_value(restricted), "revision": 1}
    refused = client_of(bart).post(address_of(weighing), body)
    nothing = client_of(bart).post(address_of(weighing), body | {"record": "signals.signal:99999999"})
    assert (refused.status_code, nothing.status_code) == (422, 422)
    assert refused.context["form"].errors == nothing.context["form"].errors
    assert "Over een collega" not in refused.content.decode()


@pytest.mark.parametrize("record", ["", "x", "signals.signal:", "signals.signal:9e9", "auth.user:1", ":", "a:b:c"])
def test_a_form_without_a_record_comes_back_with_what_was_written(
    weighing: Any, bob: Any, client_of: Any, record: str
) -> None:
    body = {"criterion": "system", "record": record, "note": "Bladzijde vier", "revision": 1}
    answer = client_of(bob).post(address_of(weighing), body)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["record"]
    assert "Bladzijde vier" in answer.content.decode()
    assert 'id="error-summary"' in answer.content.decode()


def test_unlinking_by_the_button_and_pressing_it_twice(weighing: Any, bob: Any, other: Any, client_of: Any) -> None:
    made = linked(weighing, other, bob)
    address = reverse("signals:weighing-evidence-remove", args=[weighing.pk, made.pk])
    assert address in page(client_of, bob, weighing.get_absolute_url())
    assert client_of(bob).get(address).status_code == 405
    browser = client_of(bob)
    assert "ontkoppeld" in browser.post(address, follow=True).content.decode()
    assert "niet meer gekoppeld" in browser.post(address, follow=True).content.decode()
    assert not weighing.evidence.exists()
    assert Event.objects.filter(action="signals.remove_evidence").count() == 1


def test_nobody_links_to_a_weighing_that_is_hidden(weighing: Any, bob: Any, bart: Any, other: Any, client_of: Any):
    made = linked(weighing, other, bob)
    weighing.signal.access = "restricted"
    weighing.signal.save()
    remove = reverse("signals:weighing-evidence-remove", args=[weighing.pk, made.pk])
    assert client_of(bart).get(address_of(weighing)).status_code == 404
    assert client_of(bart).post(address_of(weighing)).status_code == 404
    assert client_of(bart).post(remove).status_code == 404


def test_a_link_is_taken_away_from_its_own_weighing_only(weighing: Any, bob: Any, other: Any, came_in: Any) -> None:
    made = linked(weighing, other, bob)
    second = weighings.start_weighing(actor=bob, about=came_in(state="in_triage"))
    with pytest.raises(ValidationError):
        actions.remove_evidence(actor=bob, weighing=second, number=made.pk)
    assert weighing.evidence.exists()


def test_the_line_of_sight_runs_both_ways(
    *, weighing: Any, bob: Any, bart: Any, figure: Any, other: Any, evaluation: Any, restricted: Any, client_of: Any
) -> None:
    for record in (figure, other, evaluation, restricted):
        linked(weighing, record, bob)
    back = {node.record for node in line_of_sight(weighing, bob).back()}
    assert {figure, other, evaluation, restricted, weighing.signal, figure.dataset} <= back
    assert restricted not in {node.record for node in line_of_sight(weighing, bart).back()}
    for record in (figure, other, evaluation, restricted):
        sight = line_of_sight(record, bob)
        assert weighing in {node.record for node in sight.forward()}
    assert str(next(iter(sight.edges.values())).name) in ("is evidence in", "is onderbouwing in")
    for record in (figure, other, evaluation):
        assert str(weighing) in page(client_of, bob, record.get_absolute_url())
    weighing.signal.access = "restricted"
    weighing.signal.save()
    for record in (figure, other, evaluation):
        assert str(weighing) not in page(client_of, bart, record.get_absolute_url())


def test_the_number_of_queries_grows_with_kinds_and_not_with_links(
    weighing: Any, bob: Any, came_in: Any, client_of: Any
) -> None:
    client = client_of(bob)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    asking = f"{address_of(weighing)}?kind=signals.signal"
    addresses = (weighing.get_absolute_url(), f"{weighing.get_absolute_url()}?format=print", asking)
    for number in range(6):  # the history of the page shows no earlier events by now
        linked(weighing, came_in(subject=f"Eerder {number}"), bob)
    few = [queries(address) for address in addresses]
    for number in range(6):
        linked(weighing, came_in(subject=f"Nummer {number}"), bob, criterion="system")
    assert [queries(address) for address in addresses] == few


def test_through_the_api_it_is_linked_listed_and_unlinked(
    weighing: Any, bob: Any, bart: Any, other: Any, restricted: Any
) -> None:
    address = f"incidentwegingen/{weighing.pk}"
    body = {
        "stap": "onderbouwing-koppelen",
        "revisie": 1,
        "criterium": "stelsel",
        "soort": "signaal",
        "kenmerk": other.reference,
        "notitie": "Zelfde nacht.",
    }
    answer = Caller(bob).post(f"{address}/stappen", body)
    assert answer.status_code == 200, answer.content
    (told,) = answer.json()["onderbouwingen"]
    made = weighing.evidence.get()
    assert told.pop("gekoppeldOp")
    assert told == {
        "nummer": made.pk,
        "criterium": "stelsel",
        "inzage": True,
        "soort": "signaal",
        "kenmerk": other.reference,
        "naam": "Brand in de keuken",
        "adres": other.get_absolute_url(),
        "notitie": "Zelfde nacht.",
    }
    again = Caller(bob).post(f"{address}/stappen", body | {"revisie": 2})
    assert (again.status_code, again.json()["errors"][0]["location"]["pointer"]) == (422, "/kenmerk")
    assert Caller(bob).post(f"{address}/stappen", body | {"criterium": "ernst"}).status_code == 409
    hidden = body | {"revisie": 2, "kenmerk": restricted.reference}
    unknown = body | {"revisie": 2, "kenmerk": "S-2020-0000000"}
    refused = [Caller(bart).post(f"{address}/stappen", each) for each in (hidden, unknown)]
    assert [each.status_code for each in refused] == [422, 422]
    assert refused[0].json()["errors"] == refused[1].json()["errors"]
    assert Caller(bob).post(f"{address}/stappen", body | {"revisie": 2, "soort": "x"}).status_code == 400
    gone = {"stap": "onderbouwing-ontkoppelen", "revisie": 2, "nummer": made.pk}
    assert Caller(bob).post(f"{address}/stappen", gone).json()["onderbouwingen"] == []
    missing = Caller(bob).post(f"{address}/stappen", gone | {"revisie": 3})
    assert (missing.status_code, missing.json()["errors"][0]["location"]["pointer"]) == (422, "/nummer")
    IncidentWeighing.objects.update(state="submitted")
    assert Caller(bob).post(f"{address}/stappen", body | {"revisie": 3}).status_code == 409


def test_the_api_says_of_what_is_not_open_only_that_it_is_there(
    weighing: Any, bob: Any, bart: Any, restricted: Any
) -> None:
    made = linked(weighing, restricted, bob, note="Geheim")
    address = f"incidentwegingen/{weighing.pk}"
    (told,) = Caller(bart).get(address).json()["onderbouwingen"]
    assert told.pop("nummer") == made.pk
    assert (told.pop("criterium"), told.pop("inzage")) == ("ernst", False)
    assert set(told.values()) == {None}
    assert not Reading.objects.exists()
    assert Caller(bob).get(address).json()["onderbouwingen"][0]["naam"] == "Over een collega"
    assert list(Reading.objects.values_list("object_label", "kind")) == [(restricted.reference, "api")]


def test_two_kinds_do_not_have_one_name() -> None:
    codes = [kind.code for kind in evidence_kinds.evidence_kinds()]
    assert len(codes) == len(set(codes)) >= 4


def test_what_a_running_weighing_rests_on_is_not_destroyed(
    weighing: Any, bob: Any, other: Any, evaluation: Any, came_in: Any
) -> None:
    closed = {"state": "closed", "outcome": "no_action", "closed_at": timezone.now()}
    Signal.objects.filter(pk=other.pk).update(**closed)
    beside = came_in(**closed)
    linked(weighing, evaluation, bob)
    linked(weighing, beside, bob)
    keys = [str(other.pk), str(beside.pk)]
    assert kind_named("signals.signal").stops(keys) == dict.fromkeys(keys, "weighing")
    IncidentWeighing.objects.update(state="no_investigation", decision_reason="Bekend")
    assert kind_named("signals.signal").stops(keys) == {}


def test_with_a_signal_go_the_links_to_it_and_nothing_else_of_the_weighing(
    weighing: Any, bob: Any, other: Any, evaluation: Any, document: Any
) -> None:
    weighings.score(actor=bob, weighing=weighing, scores={"impact": (2, "Gezien.")})
    for record in (other, evaluation, document):
        linked(weighing, record, bob)
    went = kind_named("signals.signal").destroy(str(other.pk))
    assert went.parts["signals.criterionevidence"] == 2
    assert [each.record for each in weighing.evidence.all()] == [document]
    assert weighing.scores.get().evidence == "Gezien."
