"""The own evaluation of an organisation: asked, handed in, supplemented, judged."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.notices.models import Notice
from zichtlijn.supervision.signals.actions import evaluating, triage
from zichtlijn.supervision.signals.actions.evaluating import Finding
from zichtlijn.supervision.signals.deadlines import end_of_day
from zichtlijn.supervision.signals.models import (
    Message,
    NormFinding,
    OwnEvaluation,
    Signal,
    SignalAttachment,
    TriageStep,
)
from zichtlijn.supervision.signals.norms import EVALUATION_NORMS
from zichtlijn.supervision.signals.transitions import EVALUATION

pytestmark = pytest.mark.django_db
FINDINGS = {norm: Finding(2, f"bladzijde over {norm}") for norm in EVALUATION_NORMS}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def signal(came_in: Callable[..., Signal], prison: Any, bob: Any) -> Signal:
    """What somebody told by telephone about the prison; the prison does not see it."""
    return triage.take_up(actor=bob, signal=came_in(organisation=prison, text="Verteld door een medewerker."))


@pytest.fixture
def asked(signal: Signal, bob: Any, spokeswoman: Any) -> OwnEvaluation:
    return evaluating.ask_evaluation(actor=bob, signal=signal, question="Wat gebeurde er?", due_on=in_days(10))


@pytest.fixture
def handed_in(asked: OwnEvaluation, spokeswoman: Any) -> OwnEvaluation:
    return evaluating.hand_in(actor=spokeswoman, evaluation=asked, text="Dit gebeurde er.")


def judge(bob: Any, evaluation: OwnEvaluation, **more: Any) -> OwnEvaluation:
    given: dict[str, Any] = {"findings": FINDINGS, "conclusion": "Voldoende."} | more
    return evaluating.judge_evaluation(actor=bob, evaluation=evaluation, **given)


def state_of(signal: Signal) -> str:
    return Signal.objects.values_list("state", flat=True).get(pk=signal.pk)


def test_asking_sets_the_term_and_waits_for_the_organisation(signal: Signal, asked: OwnEvaluation) -> None:
    signal.refresh_from_db()
    assert signal.state == "waiting_organisation"
    assert signal.term_at == end_of_day(in_days(10))


def test_an_organisation_sees_the_request_and_nothing_of_the_signal(
    signal: Signal, asked: OwnEvaluation, spokeswoman: Any, client_of: Any
) -> None:
    Message.objects.create(signal=signal, direction="from_sender", text="Van de melder.")
    Message.objects.create(signal=signal, direction="to_organisation", text="Over een ander.")
    SignalAttachment.objects.create(signal=signal, name="foto.jpg", media_type="image/jpeg", size=1, is_shared=True)
    assert not Signal.objects.visible_to(spokeswoman).exists()
    assert not Message.objects.visible_to(spokeswoman).exists()
    assert not SignalAttachment.objects.visible_to(spokeswoman).exists()
    page = client_of(spokeswoman).get(asked.get_absolute_url()).text
    assert "Wat gebeurde er?" in page
    portal = client_of(spokeswoman).get(reverse("signals:portal")).text
    assert asked.reference_outside in page
    assert asked.reference_outside in portal
    for hidden in ("Lekkage", "medewerker", "Van de melder", "Over een ander", "foto.jpg", signal.reference):
        assert hidden not in page
        assert hidden not in portal


def test_handing_in_ends_the_term_and_goes_on_with_the_triage(
    signal: Signal, asked: OwnEvaluation, spokeswoman: Any
) -> None:
    token = uuid.uuid4()
    done = evaluating.hand_in(actor=spokeswoman, evaluation=asked, text="Dit gebeurde er.", submission=token)
    signal.refresh_from_db()
    assert (done.state, signal.state, signal.term_at) == ("handed_in", "in_triage", None)
    assert done.handed_in_by == spokeswoman


def test_another_organisation_cannot_see_or_hand_it_in(asked: OwnEvaluation, shelter: Any, pia: Any) -> None:
    from zichtlijn.supervision.field.models import OrganisationAccount

    otto = type(pia).objects.create(username="otto", role="organisation")
    OrganisationAccount.objects.create(user=otto, organisation=shelter, since=timezone.localdate())
    assert not OwnEvaluation.objects.visible_to(otto).exists()
    for other in (otto, pia):
        with pytest.raises(PermissionDenied):
            evaluating.hand_in(actor=other, evaluation=asked, text="Ik niet.")


def test_it_stays_with_whom_it_was_asked_of(
    signal: Signal, asked: OwnEvaluation, spokeswoman: Any, shelter: Any
) -> None:
    Signal.objects.filter(pk=signal.pk).update(organisation=shelter)
    assert OwnEvaluation.objects.visible_to(spokeswoman).get() == asked
    assert evaluating.hand_in(actor=spokeswoman, evaluation=asked, text="Toch.").state == "handed_in"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"question": " "}, "question"), ({"due_on": timezone.localdate()}, "due_on")],
)
def test_a_request_says_what_and_by_when(signal: Signal, bob: Any, given: dict[str, Any], field: str) -> None:
    wanted: dict[str, Any] = {"question": "Wat?", "due_on": in_days(5)} | given
    with pytest.raises(ValidationError) as refused:
        evaluating.ask_evaluation(actor=bob, signal=signal, **wanted)
    assert field in refused.value.message_dict
    assert state_of(signal) == "in_triage"
    assert not OwnEvaluation.objects.exists()


def test_nothing_is_asked_of_an_unknown_organisation(came_in: Callable[..., Signal], bob: Any) -> None:
    unknown = triage.take_up(actor=bob, signal=came_in())
    with pytest.raises(ValidationError):
        evaluating.ask_evaluation(actor=bob, signal=unknown, question="Wat?", due_on=in_days(5))


def test_it_is_asked_once_at_a_time(signal: Signal, asked: OwnEvaluation, bob: Any) -> None:
    with pytest.raises(ValidationError):
        evaluating.ask_evaluation(actor=bob, signal=signal, question="Nog eens?", due_on=in_days(5))
    assert OwnEvaluation.objects.count() == 1


def test_more_time_is_given_to_a_later_day_with_a_reason(signal: Signal, asked: OwnEvaluation, bob: Any) -> None:
    for day, reason in ((in_days(10), "Ziek"), (in_days(3), "Ziek"), (in_days(20), " ")):
        with pytest.raises(ValidationError):
            evaluating.extend(actor=bob, evaluation=asked, due_on=day, reason=reason)
    longer = evaluating.extend(actor=bob, evaluation=asked, due_on=in_days(20), reason="De onderzoeker is ziek.")
    signal.refresh_from_db()
    assert longer.state == "asked"
    assert signal.term_at == end_of_day(in_days(20))
    assert TriageStep.objects.get(step="extend_evaluation").reason == "De onderzoeker is ziek."


def test_a_supplement_leaves_what_was_handed_in_as_it_was(
    signal: Signal, handed_in: OwnEvaluation, bob: Any, spokeswoman: Any
) -> None:
    again = evaluating.ask_supplement(actor=bob, evaluation=handed_in, question="En de bewoners?", due_on=in_days(7))
    signal.refresh_from_db()
    assert (again.state, signal.state) == ("supplement_asked", "waiting_organisation")
    assert signal.term_at == end_of_day(in_days(7))
    token = uuid.uuid4()
    for _ in range(2):
        done = evaluating.hand_in(actor=spokeswoman, evaluation=again, text="Die zijn gehoord.", submission=token)
    done.refresh_from_db()
    assert (done.state, done.text) == ("handed_in", "Dit gebeurde er.")
    question, answer = Message.objects.visible_to(spokeswoman).filter(evaluation=done)
    assert (question.asks, answer.answers, answer.text) == (True, question, "Die zijn gehoord.")
    assert state_of(signal) == "in_triage"


def test_every_norm_needs_a_score_and_evidence(handed_in: OwnEvaluation, bob: Any) -> None:
    for findings, fields in (
        ({}, {f"{kind}_{norm}" for norm in EVALUATION_NORMS for kind in ("score", "evidence")}),
        (FINDINGS | {"facts": Finding(4, "x")}, {"score_facts"}),
        (FINDINGS | {"heard": Finding(0, " ")}, {"evidence_heard"}),
    ):
        with pytest.raises(ValidationError) as refused:
            judge(bob, handed_in, findings=findings)
        assert set(refused.value.message_dict) == fields
    with pytest.raises(ValidationError):
        judge(bob, handed_in, findings=FINDINGS | {"style": Finding(1, "x")})
    with pytest.raises(ValidationError):
        judge(bob, handed_in, conclusion="")
    assert not NormFinding.objects.exists()
    handed_in.refresh_from_db()
    assert handed_in.state == "handed_in"


def test_a_judgement_can_be_made_anew_and_replaces_the_scores(
    handed_in: OwnEvaluation, bob: Any, spokeswoman: Any
) -> None:
    judged = judge(bob, handed_in)
    reopened = evaluating.reopen_evaluation(actor=bob, evaluation=judged, reason="Nieuwe feiten.")
    assert reopened.state == "handed_in"
    again = judge(bob, reopened, findings=FINDINGS | {"facts": Finding(0, "niet gecontroleerd")})
    assert again.norms.count() == len(EVALUATION_NORMS)
    assert again.norms.get(norm="facts").score == 0
    assert not NormFinding.objects.visible_to(spokeswoman).exists()
    assert NormFinding.objects.visible_to(bob).count() == len(EVALUATION_NORMS)


def test_a_withdrawn_request_no_longer_holds_the_signal_up(signal: Signal, asked: OwnEvaluation, bob: Any) -> None:
    with pytest.raises(ValidationError):
        evaluating.withdraw_evaluation(actor=bob, evaluation=asked, reason="")
    evaluating.withdraw_evaluation(actor=bob, evaluation=asked, reason="Wij onderzoeken zelf.")
    signal.refresh_from_db()
    assert (signal.state, signal.term_at) == ("in_triage", None)
    assert TriageStep.objects.filter(step="stop_waiting").get().reason == "Wij onderzoeken zelf."


def test_a_signal_that_stops_waiting_withdraws_the_request(signal: Signal, asked: OwnEvaluation, bob: Any) -> None:
    triage.stop_waiting(actor=bob, signal=signal, reason="Duurt te lang.")
    asked.refresh_from_db()
    signal.refresh_from_db()
    assert (asked.state, signal.state, signal.term_at) == ("withdrawn", "in_triage", None)


WAYS: dict[str, Callable[..., Any]] = {
    "hand_in": lambda _bob, olga, it: evaluating.hand_in(actor=olga, evaluation=it, text="Tekst."),
    "judge": lambda bob, _olga, it: judge(bob, it),
    "ask_supplement": lambda bob, _olga, it: evaluating.ask_supplement(
        actor=bob, evaluation=it, question="En?", due_on=in_days(30)
    ),
    "extend": lambda bob, _olga, it: evaluating.extend(actor=bob, evaluation=it, due_on=in_days(30), reason="Ja."),
    "withdraw": lambda bob, _olga, it: evaluating.withdraw_evaluation(actor=bob, evaluation=it, reason="Ja."),
    "reopen": lambda bob, _olga, it: evaluating.reopen_evaluation(actor=bob, evaluation=it, reason="Ja."),
}


@pytest.mark.parametrize("step", sorted(EVALUATION.steps))
@pytest.mark.parametrize("state", sorted(EVALUATION.states))
def test_every_pair_of_state_and_step_by_action(
    state: str, step: str, asked: OwnEvaluation, bob: Any, spokeswoman: Any
) -> None:
    waits = state in ("asked", "supplement_asked")
    OwnEvaluation.objects.filter(pk=asked.pk).update(state=state)
    Signal.objects.filter(pk=asked.signal_id).update(state="waiting_organisation" if waits else "in_triage")
    asked.refresh_from_db()
    if step in EVALUATION.allowed(state):
        WAYS[step](bob, spokeswoman, asked)
        asked.refresh_from_db()
        assert asked.state == EVALUATION.after(state, step)
        return
    with pytest.raises(StepRefused):
        WAYS[step](bob, spokeswoman, asked)
    asked.refresh_from_db()
    assert asked.state == state


@pytest.mark.parametrize("step", sorted(EVALUATION.steps))
@pytest.mark.parametrize("who", ["dave", "frank", "erin", "pia"])
def test_others_take_no_step(
    step: str, who: str, request: pytest.FixtureRequest, asked: OwnEvaluation, client_of: Any
) -> None:
    client = client_of(request.getfixturevalue(who))
    address = reverse("signals:evaluation-step", args=[asked.pk, step])
    assert client.post(address, {"text": "x", "reason": "x"}).status_code in (403, 404)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_page_of_the_signal_shows_it_to_staff(client_of: Any, bob: Any, asked: OwnEvaluation) -> None:
    page = client_of(bob).get(reverse("signals:signal", args=[asked.signal_id]))
    assert page.status_code == 200
    assert asked.get_absolute_url() in page.text


@pytest.mark.parametrize("state", ["weighing", "received"])
def test_a_supplement_is_asked_from_the_triage_only(
    state: str, signal: Signal, handed_in: OwnEvaluation, bob: Any, client_of: Any
) -> None:
    Signal.objects.filter(pk=signal.pk).update(state=state)
    with pytest.raises(ValidationError) as refused:
        evaluating.ask_supplement(actor=bob, evaluation=handed_in, question="En?", due_on=in_days(3))
    assert "ask_" not in str(refused.value), "a person reads this"
    handed_in.refresh_from_db()
    assert (handed_in.state, state_of(signal)) == ("handed_in", state)
    address = reverse("signals:evaluation-step", args=[handed_in.pk, "ask_supplement"])
    assert address not in client_of(bob).get(handed_in.get_absolute_url()).text
    assert client_of(bob).post(address, {"question": "En?", "due_on": in_days(3)}).status_code == 422


def test_the_queries_of_the_page_do_not_grow_with_what_was_said(
    client_of: Any, handed_in: OwnEvaluation, bob: Any, spokeswoman: Any
) -> None:
    counts = []
    for number in (1, 4):
        for turn in range(number):
            again = evaluating.ask_supplement(actor=bob, evaluation=handed_in, question="En?", due_on=in_days(7))
            evaluating.hand_in(actor=spokeswoman, evaluation=again, text=f"Antwoord {turn}.")
        for person in (bob, spokeswoman):
            client = client_of(person)
            client.get(handed_in.get_absolute_url())
            with CaptureQueriesContext(connection) as caught:
                client.get(handed_in.get_absolute_url())
            counts.append(len(caught))
    assert counts[:2] == counts[2:]


def test_neither_notice_nor_calendar_tells_an_organisation_how_it_came_in(
    signal: Signal, asked: OwnEvaluation, spokeswoman: Any, bob: Any, client_of: Any
) -> None:
    from zichtlijn.supervision.signals.deadline_feed import deadlines_of_signals

    Signal.objects.filter(pk=signal.pk).update(kind="complaint")
    signal.refresh_from_db()
    until = in_days(60)
    [mine] = deadlines_of_signals(spokeswoman, timezone.localdate(), until)
    assert signal.reference not in f"{mine}"
    assert asked.reference_outside in f"{mine}"
    [of_staff] = deadlines_of_signals(bob, timezone.localdate(), until)
    assert signal.reference in f"{of_staff}"
    notices = Notice.objects.filter(user=spokeswoman)
    assert notices.exists()
    for kept in notices:
        words = " ".join(str(value) for value in model_to_dict(kept).values())
        assert not re.search(r"[SMK]-\d{4}-\d{7}", words)


def test_a_file_with_it_leads_back_to_it(client_of: Any, asked: OwnEvaluation, spokeswoman: Any) -> None:
    file = SignalAttachment.objects.create(
        signal=asked.signal, evaluation=asked, name="a.pdf", media_type="application/pdf", size=1, is_shared=True
    )
    page = client_of(spokeswoman).get(reverse("signals:attachment-warning", args=[file.uid]))
    assert page.status_code == 200
    assert f'href="{asked.get_absolute_url()}"' in page.text
