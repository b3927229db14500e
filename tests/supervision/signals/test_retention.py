"""What came in goes after its term, by rule, with two people and a proof; nothing of it is left but its count."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.supervision.signals.sending import stranger
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.actions.holding import lift_hold, place_hold
from zichtlijn.platform.retention.actions.listing import make_list, review_lines, take_step
from zichtlijn.platform.retention.actions.ruling import change_rule
from zichtlijn.platform.retention.checking import wrong_proofs
from zichtlijn.platform.retention.due import due_of
from zichtlijn.platform.retention.executing import go_on
from zichtlijn.platform.retention.models import DestructionList, ListState, RetentionRule, Tally
from zichtlijn.platform.retention.registry import kind_named
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.supervision.signals import handing_on
from zichtlijn.supervision.signals.actions.triage import reopen
from zichtlijn.supervision.signals.models import (
    IncidentFile,
    IncidentWeighing,
    LogEntry,
    OwnEvaluation,
    Sender,
    Signal,
)
from zichtlijn.supervision.signals.receipts import digest_of

SIGNALS = ["signals.signal"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_rules()


@pytest.fixture
def people(dave: Any, carol: Any, bob: Any) -> dict[str, Any]:
    """The administrator, the inspector-general and an inspector."""
    return {"dave": dave, "carol": carol, "bob": bob}


@pytest.fixture
def closed(came_in: Any) -> Any:
    """``closed(years, …)`` is a signal that was closed so many years ago, without action."""

    def made(years: float = 6, **values: Any) -> Signal:
        at = timezone.now() - timedelta(days=years * 365.25)
        return came_in(**{"state": "closed", "outcome": "no_action", "received_at": at, "closed_at": at} | values)

    return made


def carried_out(dave: Any, carol: Any, **values: Any) -> DestructionList:
    """A list that dave made and carol reviewed, approved and carried out."""
    found = approved(dave, carol, **values)
    take_step(actor=carol, found=found, step="destroy")
    go_on()
    found.refresh_from_db()
    return found


def approved(dave: Any, carol: Any, kinds: Any = SIGNALS) -> DestructionList:
    """A list of which every line is to be destroyed."""
    found = make_list(actor=dave, kinds=kinds)
    take_step(actor=dave, found=found, step="propose")
    lines = found.lines.values_list("pk", flat=True)
    review_lines(actor=carol, found=found, lines=lines, decision="destroy")
    return take_step(actor=carol, found=found, step="approve")


def test_a_signal_goes_from_rule_to_proof(dave: Any, carol: Any, closed: Any) -> None:
    old, young = closed(6), closed(4)
    found = carried_out(dave, carol)
    assert found.state == ListState.DESTROYED
    assert set(Signal.objects.all()) == {young}
    assert str(old) in found.proof
    assert wrong_proofs() == []
    assert Tally.objects.get().number == 1
    assert [event.action for event in Event.objects.about(old)] == ["retention.destroyed"]
    assert DestructionList.objects.get().proof_digest in Event.objects.get(action="retention.finish").after


def test_nothing_goes_without_a_list_a_review_and_an_approval(dave: Any, carol: Any, closed: Any) -> None:
    closed(6)
    go_on()
    found = make_list(actor=dave, kinds=SIGNALS)
    take_step(actor=dave, found=found, step="propose")
    with pytest.raises(ValidationError, match=r"reviewed|beoordeeld"):
        take_step(actor=carol, found=found, step="approve")
    review_lines(actor=carol, found=found, lines=found.lines.values_list("pk", flat=True), decision="destroy")
    go_on()
    take_step(actor=carol, found=found, step="approve")
    go_on()
    assert Signal.objects.count() == 1


def test_whoever_made_the_list_neither_reviews_nor_approves_it(dave: Any, carol: Any, closed: Any) -> None:
    closed(6)
    found = make_list(actor=dave, kinds=SIGNALS)
    take_step(actor=dave, found=found, step="propose")
    lines = list(found.lines.values_list("pk", flat=True))
    with pytest.raises(PermissionDenied):
        review_lines(actor=dave, found=found, lines=lines, decision="destroy")
    review_lines(actor=carol, found=found, lines=lines, decision="destroy")
    with pytest.raises(PermissionDenied):
        take_step(actor=dave, found=found, step="approve")


def test_a_line_that_is_kept_stays_with_its_reason(dave: Any, carol: Any, closed: Any) -> None:
    goes, stays = closed(7), closed(6)
    found = make_list(actor=dave, kinds=SIGNALS)
    take_step(actor=dave, found=found, step="propose")
    first, second = found.lines.order_by("pk")
    review_lines(actor=carol, found=found, lines=[first.pk], decision="destroy")
    with pytest.raises(ValidationError, match="reason"):
        review_lines(actor=carol, found=found, lines=[second.pk], decision="keep")
    review_lines(actor=carol, found=found, lines=[second.pk], decision="keep", reason="Er loopt nog onderzoek.")
    for step in ("approve", "destroy"):
        take_step(actor=carol, found=found, step=step)
    go_on()
    assert list(Signal.objects.all()) == [stays]
    found.refresh_from_db()
    assert json.loads(found.proof)["totals"] == {"destroyed": 1, "kept": 1, "not_destroyed": 0}
    assert "onderzoek" not in found.proof
    assert str(goes) in found.proof


@pytest.mark.parametrize("change", ["hold", "reopened", "incident", "evaluation", "weighing", "rule", "activity"])
def test_what_changed_after_the_approval_stays(people: dict[str, Any], closed: Any, prison: Any, change: str) -> None:
    dave, carol = people["dave"], people["carol"]
    signal = closed(6, organisation=prison)
    found = approved(dave, carol)
    _change(signal, change, dave=dave, bob=people["bob"], prison=prison)
    take_step(actor=carol, found=found, step="destroy")
    go_on()
    line = found.lines.get()
    assert (line.stopped_by, line.destroyed_at) == ("open" if change == "reopened" else change, None)
    assert Signal._base_manager.get() == signal
    assert not Tally.objects.exists()
    again = [each for each in due_of(kind_named("signals.signal")) if not each.stopped_by]  # type: ignore[arg-type]
    assert again == []
    assert wrong_proofs() == []


def _change(signal: Signal, change: str, *, dave: Any, bob: Any, prison: Any) -> None:
    kept = Signal._base_manager.filter(pk=signal.pk)
    if change == "hold":
        place_hold(actor=dave, record=signal, reason="Er loopt een rechtszaak.")
    elif change == "reopened":
        reopen(actor=bob, signal=signal, reason="Er kwam iets bij.")
    elif change == "incident":
        kept.update(incident=IncidentFile.objects.create(title="Brand"))
    elif change == "evaluation":
        OwnEvaluation.objects.create(signal=signal, organisation=prison, question="?", due_on=timezone.localdate())
    elif change == "weighing":
        IncidentWeighing.objects.create(signal=signal)
    elif change == "rule":
        rule = RetentionRule.objects.get(kind="signals.signal", outcome="no_action")
        values = {"appraisal": "V", "amount": 20, "unit": "years", "source": "Lijst", "certainty": "B"}
        change_rule(actor=dave, rule=rule, values={**values, "valid_from": None})
    else:  # something that nobody says is finished
        kept.update(added_type=ContentType.objects.get_for_model(prison), added_id=prison.pk)


def test_a_hold_keeps_it_off_lists_until_it_is_lifted(dave: Any, closed: Any) -> None:
    signal = closed(6)
    place_hold(actor=dave, record=signal, reason="Bezwaar")
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=SIGNALS)
    with pytest.raises(ValidationError):
        place_hold(actor=dave, record=signal, reason="Nog een")
    lift_hold(actor=dave, record=signal, reason="Het bezwaar is afgehandeld.")
    assert make_list(actor=dave, kinds=SIGNALS).lines.count() == 1
    assert not Event.objects.filter(after__contains="ezwaar").exists()


def test_a_finished_activity_does_not_stop_it_and_a_running_one_does(
    dave: Any, closed: Any, monkeypatch: pytest.MonkeyPatch, prison: Any
) -> None:
    signal = closed(11, outcome="added")
    Signal.objects.filter(pk=signal.pk).update(added_type=ContentType.objects.get_for_model(prison), added_id=prison.pk)
    kept = kind_named("signals.signal")
    assert kept is not None
    assert kept.stops([str(signal.pk)]) == {str(signal.pk): "activity"}
    target = handing_on.Target("field.organisation", "", lambda _user: None, lambda _keys: set())  # type: ignore[arg-type, return-value]
    monkeypatch.setitem(handing_on._targets, "field.organisation", target)
    assert kept.stops([str(signal.pk)]) == {}


def test_what_was_merged_goes_with_what_it_was_merged_into(dave: Any, carol: Any, closed: Any, came_in: Any) -> None:
    top = closed(6)
    middle = came_in(state="merged", merged_into=top)
    lowest = came_in(state="merged", merged_into=middle)
    place_hold(actor=dave, record=lowest, reason="Bezwaar")
    kept = kind_named("signals.signal")
    assert kept is not None
    assert kept.stops([str(top.pk)]) == {str(top.pk): "merged"}
    lift_hold(actor=dave, record=lowest, reason="Klaar")
    carried_out(dave, carol)
    assert not Signal._base_manager.exists()
    assert Tally.objects.get().number == 3


def test_a_thrown_away_draft_goes_and_is_in_no_figures(dave: Any, carol: Any, came_in: Any) -> None:
    came_in(state="discarded", received_at=timezone.now() - timedelta(days=500))
    carried_out(dave, carol)
    assert not Signal._base_manager.exists()
    assert not Tally.objects.exists()


def test_the_figures_of_a_year_still_add_up(dave: Any, carol: Any, closed: Any, prison: Any) -> None:
    kept = kind_named("signals.signal")
    assert kept is not None
    for _each in range(3):
        closed(6, organisation=prison)
    closed(6)
    before = _figures(kept)
    carried_out(dave, carol)
    assert not Signal.objects.exists()
    assert _figures(kept) == before
    assert sum(before.values()) == 4


def _figures(kept: Any) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for each in kept.figures():
        found[each.year, each.sort, each.outcome, each.subject_id] += each.number
    for row in Tally.objects.filter(kind=kept.kind):
        found[row.year, row.sort, row.outcome, row.subject_id] += row.number
    return found


def test_an_incident_file_goes_before_its_signals(dave: Any, carol: Any, closed: Any, bob: Any) -> None:
    long_ago = timezone.now() - timedelta(days=365 * 21)
    incident = IncidentFile.objects.create(title="Brand", state="closed", opened_at=long_ago, closed_at=long_ago)
    signal = closed(21, incident=incident)
    wrong = LogEntry.objects.create(incident=incident, text="Fout", author=bob)
    LogEntry.objects.create(incident=incident, text="Goed", author=bob, corrects=wrong)
    IncidentWeighing.objects.create(incident=incident, state="withdrawn")
    found = carried_out(dave, carol, kinds=["signals.signal", "signals.incidentfile"])
    assert [line["kind"] for line in json.loads(found.proof)["destroyed"]] == ["signals.incidentfile"]
    assert not IncidentFile.objects.exists()
    assert Signal.objects.get() == signal
    carried_out(dave, carol)
    assert not Signal.objects.exists()
    assert wrong_proofs() == []


def test_an_incident_file_with_something_open_stays(dave: Any, came_in: Any) -> None:
    long_ago = timezone.now() - timedelta(days=365 * 21)
    incident = IncidentFile.objects.create(title="Brand", state="closed", opened_at=long_ago, closed_at=long_ago)
    came_in(incident=incident)
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=["signals.incidentfile"])


def test_the_sender_is_emptied_earlier_and_told_so(dave: Any, carol: Any, closed: Any) -> None:
    signal = closed(1, channel="form")
    code = "ABCD-EFGH-JKMN-PQRS"
    Sender.objects.create(
        signal=signal,
        is_anonymous=False,
        name="Kanarie Jansen",
        email="kanarie@example.org",
        relation="kanarie van de buren",
        receipt_sha256=digest_of(code),
    )
    found = carried_out(dave, carol, kinds=["signals.sender"])
    sender = Sender.objects.get()
    assert (sender.name, sender.email, sender.phone, sender.relation) == ("", "", "", "")
    assert Signal.objects.get().text == signal.text
    assert "anarie" not in found.proof
    assert wrong_proofs() == []
    answer = stranger().post("/report/code", {"code": code}, follow=True)
    assert "we have destroyed them" in answer.content.decode()
    signal.delete()
    answer = stranger().post("/report/code", {"code": code}, follow=True)
    assert "stops working when we have destroyed the report" in answer.content.decode()


def test_a_sender_whose_signal_is_open_or_held_stays(dave: Any, closed: Any, came_in: Any) -> None:
    held, open_one = closed(1), came_in(received_at=timezone.now() - timedelta(days=900))
    for signal in (held, open_one):
        Sender.objects.create(signal=signal, is_anonymous=False, name="Jansen")
    place_hold(actor=dave, record=held, reason="Bezwaar")
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=["signals.sender"])


def test_a_sender_stays_while_the_incident_file_or_what_it_was_merged_into_is_held(
    dave: Any, closed: Any, came_in: Any
) -> None:
    incident, top = IncidentFile.objects.create(title="Brand", state="closed", closed_at=timezone.now()), closed(1)
    middle = came_in(state="merged", merged_into=top)
    for signal in (closed(1, incident=incident), came_in(state="merged", merged_into=middle)):
        Sender.objects.create(signal=signal, is_anonymous=False, name="Jansen")
    for record in (incident, top):
        place_hold(actor=dave, record=record, reason="Bezwaar")
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=["signals.sender"])
    for record in (incident, top):
        lift_hold(actor=dave, record=record, reason="Afgerond")
    assert make_list(actor=dave, kinds=["signals.sender"]).lines.count() == 2


def test_why_a_sender_or_what_was_merged_was_kept_goes_with_the_signal(dave: Any, carol: Any, closed: Any) -> None:
    top, below = closed(6), closed(6)
    Sender.objects.create(signal=top, is_anonymous=False, name="Jansen")
    found = make_list(actor=dave, kinds=["signals.sender", "signals.signal"])
    take_step(actor=dave, found=found, step="propose")
    lines = found.lines.values_list("pk", flat=True)
    review_lines(actor=carol, found=found, lines=lines, decision="keep", reason="Er loopt nog iets.")
    take_step(actor=dave, found=found, step="withdraw")
    Signal.objects.filter(pk=below.pk).update(state="merged", outcome="", closed_at=None, merged_into=top)
    carried_out(dave, carol)
    assert not Signal.objects.exists()
    assert not found.lines.exclude(reason="").exists()


def test_a_record_is_on_one_running_list_at_a_time(dave: Any, carol: Any, closed: Any) -> None:
    closed(6)
    first = make_list(actor=dave, kinds=SIGNALS)
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=SIGNALS)
    take_step(actor=dave, found=first, step="withdraw")
    assert make_list(actor=dave, kinds=SIGNALS).lines.count() == 1


def test_queries_do_not_grow_with_what_is_due(closed: Any) -> None:
    kept = kind_named("signals.signal")
    assert kept is not None
    with CaptureQueriesContext(connection) as none:
        assert list(due_of(kept)) == []
    closed(6)
    with CaptureQueriesContext(connection) as one:
        assert len(list(due_of(kept))) == 1
    for _each in range(8):
        closed(6)
    with CaptureQueriesContext(connection) as many:
        assert len(list(due_of(kept))) == 9
    assert len(one) == len(many) >= len(none)
