"""Every way to take a step of what comes in, by action, page and API, and a case in any state to try it on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.supervision.signals.api_calling import Caller
from zichtlijn.platform.accounts.sender import Sender
from zichtlijn.supervision.signals import models, receipts
from zichtlijn.supervision.signals.actions import (
    evaluating,
    incidents,
    notifying,
    sending,
    triage,
    tying,
    weighing,
)
from zichtlijn.supervision.signals.api import words
from zichtlijn.supervision.signals.api.drafts import OF_NOTIFICATION
from zichtlijn.supervision.signals.api.evaluation_steps import OF_EVALUATION
from zichtlijn.supervision.signals.api.incident_steps import OF_INCIDENT, OF_WEIGHING
from zichtlijn.supervision.signals.api.stepping import StepsOf
from zichtlijn.supervision.signals.api.steps import OF_SIGNAL
from zichtlijn.supervision.signals.norms import EVALUATION_NORMS, INCIDENT_CRITERIA
from zichtlijn.supervision.signals.steps_of_pages import STEPS as PAGES

WHY = "Daarom."
ANSWERS = {302, 400, 403, 404, 409, 422}
Take = Callable[["Case"], Any]


def in_days(days: int) -> Any:
    """A day to come."""
    return timezone.localdate() + timedelta(days=days)


@dataclass
class Case:
    """A notification with an own evaluation, a weighing and an incident file, and the people who handle it."""

    signal: Any
    other: Any
    evaluation: Any
    weighing: Any
    incident: Any
    activity: Any
    handler: Any
    decider: Any
    organisation: Any

    def record(self, table: str) -> Any:
        """What the steps of a table are taken with."""
        return getattr(self, table)

    def put(self, table: str, state: str, step: str) -> None:
        """Let it stand in that state, with what belongs to it and to the step."""
        getattr(self, f"_put_{table}")(state)
        if (table, state, step) == ("signal", "weighing", "stop_weighing"):
            _set(self.weighing, state="open")
        if (table, step) == ("signal", "finish_in_incident"):
            _set(self.signal, incident=self.incident)
        for name in ("signal", "evaluation", "weighing", "incident"):
            getattr(self, name).refresh_from_db()

    def _put_signal(self, state: str) -> None:
        closed = {"outcome": "no_action", "closed_at": timezone.now()} if state == "closed" else {}
        merged = {"merged_into": self.other} if state == "merged" else {}
        _set(self.signal, state=state, **closed, **merged)
        _set(self.evaluation, state="asked" if state == "waiting_organisation" else "judged")
        _set(self.weighing, state="submitted" if state == "weighing" else "withdrawn")
        if state == "waiting_sender":
            _question(self.signal)

    def _put_evaluation(self, state: str) -> None:
        _set(self.evaluation, state=state)
        _set(self.weighing, state="withdrawn")
        waits = state in ("asked", "supplement_asked")
        _set(self.signal, state="waiting_organisation" if waits else "in_triage")

    def _put_weighing(self, state: str) -> None:
        reason = WHY if state in ("investigate", "no_investigation") else ""
        _set(self.weighing, state=state, decision_reason=reason)
        _set(self.signal, state="weighing" if state in ("open", "submitted") else "in_triage")

    def _put_incident(self, state: str) -> None:
        _set(self.incident, state=state)


def _set(record: Any, **values: Any) -> None:
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def _question(signal: Any) -> None:
    models.Message.objects.create(signal=signal, direction="to_sender", text="Wanneer?", asks=True)


SCORES = dict.fromkeys(INCIDENT_CRITERIA, (2, "Zie het verslag"))
FINDINGS = {norm: evaluating.Finding(2, "Zie het verslag") for norm in EVALUATION_NORMS}


def _triage(act: Any, **values: Any) -> Take:
    return lambda case: act(actor=case.handler, signal=case.signal, **values)


def _decided(act: Any, **values: Any) -> Take:
    return lambda case: act(actor=case.decider, weighing=case.weighing, reason=WHY, **values)


def _evaluated(act: Any, **values: Any) -> Take:
    return lambda case: act(actor=case.handler, evaluation=case.evaluation, **values)


def _led(act: Any) -> Take:
    return lambda case: act(actor=case.handler, incident=case.incident, reason=WHY)


def _handed_in(case: Case) -> Any:
    return evaluating.hand_in(actor=case.organisation, evaluation=case.evaluation, text="Ons verslag")


def _answered(case: Case) -> Any:
    actor = Sender(case.signal.pk)
    return sending.answer_question(actor=actor, signal=case.signal, text="Toen.", submission=uuid.uuid4())


def _stopped(case: Case) -> Any:
    return weighing.stop_weighing(actor=case.handler, weighing=case.weighing, reason=WHY)


BY_ACTION: dict[str, dict[str, Take]] = {
    "signal": {
        "submit": lambda case: notifying.submit_notification(actor=case.organisation, signal=case.signal),
        "discard": lambda case: notifying.discard_notification(actor=case.organisation, signal=case.signal),
        "take_up": _triage(triage.take_up),
        "put_back": _triage(triage.put_back, reason=WHY),
        "ask_sender": _triage(triage.ask_sender, question="Wanneer?"),
        "ask_evaluation": lambda case: evaluating.ask_evaluation(
            actor=case.handler, signal=case.signal, question="Wat ging er mis?", due_on=in_days(30)
        ),
        "start_weighing": lambda case: weighing.start_weighing(actor=case.handler, about=case.signal),
        "take_no_action": _triage(triage.take_no_action, ground="no_task", reason=WHY),
        "add_to_activity": lambda case: triage.add_to_activity(
            actor=case.handler, signal=case.signal, target=case.activity
        ),
        "finish_in_incident": _triage(triage.finish_in_incident),
        "pass_on": _triage(triage.pass_on, recipient="Nationale ombudsman", reason=WHY),
        "merge": lambda case: tying.merge(actor=case.handler, signal=case.signal, into=case.other, reason=WHY),
        "split_off": _triage(tying.split_off, reason=WHY),
        "stop_waiting": _triage(triage.stop_waiting, reason=WHY),
        "reopen": _triage(triage.reopen, reason=WHY),
        "answer": _answered,
        "hand_in": _handed_in,
        "propose_investigation": _decided(weighing.investigate, title="Een onderzoek"),
        "stop_weighing": _stopped,
    },
    "evaluation": {
        "hand_in": _handed_in,
        "extend": _evaluated(evaluating.extend, due_on=in_days(40), reason=WHY),
        "withdraw": _evaluated(evaluating.withdraw_evaluation, reason=WHY),
        "judge": _evaluated(evaluating.judge_evaluation, findings=FINDINGS, conclusion="Goed."),
        "ask_supplement": _evaluated(evaluating.ask_supplement, question="En?", due_on=in_days(30)),
        "reopen": _evaluated(evaluating.reopen_evaluation, reason=WHY),
    },
    "weighing": {
        "submit": lambda case: weighing.submit_weighing(actor=case.handler, weighing=case.weighing),
        "withdraw": _stopped,
        "investigate": _decided(weighing.investigate, title="Een onderzoek"),
        "decline": _decided(weighing.decline),
        "send_back": _decided(weighing.send_back),
    },
    "incident": {
        "scale_up": _led(incidents.scale_up),
        "scale_down": _led(incidents.scale_down),
        "close": _led(incidents.close_incident),
        "reopen": _led(incidents.reopen_incident),
    },
}


@dataclass(frozen=True)
class Way:
    """How one step is asked over HTTP: by whom, to which address, with what; ``receipt``: by who holds the code."""

    who: str
    address: Callable[[Case], str]
    receipt: bool = False


def _signal_page(step: str) -> Way:
    return Way("handler", lambda case: reverse("signals:signal-step", args=[case.signal.pk, step]))


def _own_page(step: str) -> Way:
    return Way("organisation", lambda case: reverse("signals:notification-step", args=[case.signal.pk, step]))


def _evaluation_page(step: str, who: str = "handler") -> Way:
    return Way(who, lambda case: reverse("signals:evaluation-step", args=[case.evaluation.pk, step]))


def _weighing_page(step: str, who: str = "decider") -> Way:
    return Way(who, lambda case: reverse("signals:weighing-step", args=[case.weighing.pk, step]))


def _incident_page(step: str) -> Way:
    return Way("handler", lambda case: reverse("signals:incident-step", args=[case.incident.pk, step]))


BY_PAGE: dict[str, dict[str, Way]] = {
    "signal": {step: _signal_page(step) for step in BY_ACTION["signal"] if step in PAGES}
    | {
        "submit": _own_page("submit"),
        "discard": _own_page("discard"),
        "answer": Way("", lambda _case: reverse("report:answer"), receipt=True),
        "hand_in": _evaluation_page("hand_in", "organisation"),
        "propose_investigation": _weighing_page("investigate"),
        "stop_weighing": _weighing_page("withdraw", "handler"),
    },
    "evaluation": {step: _evaluation_page(step) for step in BY_ACTION["evaluation"]}
    | {"hand_in": _evaluation_page("hand_in", "organisation")},
    "weighing": {step: _weighing_page(step) for step in BY_ACTION["weighing"]}
    | {step: _weighing_page(step, "handler") for step in ("submit", "withdraw")},
    "incident": {step: _incident_page(step) for step in BY_ACTION["incident"]},
}


def form_of(case: Case, table: str, step: str) -> dict[str, Any]:
    """A right value for every field that a form of a step asks."""
    seen = case.record("weighing" if step in ("propose_investigation", "stop_weighing") else table)
    day, score = in_days(40).isoformat(), {}
    for norm in EVALUATION_NORMS:
        score |= {f"score_{norm}": "2", f"evidence_{norm}": "Zie het verslag"}
    return score | {
        "revision": getattr(seen, "revision", ""),
        "reason": WHY, "question": "Wat ging er mis?", "text": "Ons verslag", "conclusion": "Goed.",
        "ground": "no_task",
        "recipient": "Nationale ombudsman", "into": case.other.reference, "due_on": day, "title": "Een onderzoek",
        "target": f"programme.activity:{case.activity.pk}", "submission": "",
    }  # fmt: skip


def by_page(case: Case, table: str, step: str) -> int:
    """Send the form of a step; the status of the answer."""
    way, browser, values = BY_PAGE[table][step], Client(), form_of(case, table, step)
    if way.receipt:
        session = browser.session
        until = timezone.now().timestamp() + 600
        session[receipts.HELD] = {"signal": case.signal.pk, "until": until, "just_sent": False}
        session.save()
        values["submission"] = receipts.new_submission()
    else:
        backend = "zichtlijn.platform.accounts.backends.LocalAccounts"
        browser.force_login(getattr(case, way.who), backend=backend)
    return int(browser.post(way.address(case), values).status_code)


@dataclass(frozen=True)
class ApiWay:
    """How one step is asked of the API: by whom, at which address, with what beside the revision of ``seen``."""

    who: str
    address: Callable[[Case], str]
    seen: str = ""
    body: Callable[[Case], dict[str, Any]] = lambda _case: {}


Body = Callable[[Case], dict[str, Any]]
BECAUSE = {"reden": WHY}


def _of_table(steps: StepsOf, who: str, seen: str, address: Callable[[Case], str], bodies: dict[str, Body]) -> Any:
    """The ways of the steps that one address takes, by their codes."""

    def way(code: str, name: str) -> ApiWay:
        more = bodies.get(code, lambda _case: BECAUSE if "reden" in steps.steps[name].asks().fields else {})
        return ApiWay(who, address, seen, lambda case: {"stap": name} | more(case))

    return {code: way(code, name) for code, name in steps.names.items()}


TRIAGE_BODIES: dict[str, Body] = {
    "ask_sender": lambda _case: {"vraag": "Wanneer?"},
    "ask_evaluation": lambda _case: {"vraag": "Wat ging er mis?", "uiterlijk": in_days(30).isoformat()},
    "take_no_action": lambda _case: {"grond": "no_task"} | BECAUSE,
    "pass_on": lambda _case: {"ontvanger": "Nationale ombudsman"} | BECAUSE,
    "merge": lambda case: {"met": case.other.reference} | BECAUSE,
    "add_to_activity": lambda case: {"doel": f"programme.activity:{case.activity.pk}"},
}
FOUND = {name: {"score": 2, "onderbouwing": "Zie het verslag"} for name in words.NORMS.values()}
EVALUATION_BODIES: dict[str, Body] = {
    "extend": lambda _case: {"uiterlijk": in_days(40).isoformat()} | BECAUSE,
    "judge": lambda _case: {"bevindingen": FOUND, "oordeel": "Goed."},
    "ask_supplement": lambda _case: {"vraag": "En?", "uiterlijk": in_days(30).isoformat()},
}
HAND_IN = ApiWay(
    "organisation",
    lambda case: f"meldingen/{case.signal.reference}/eigen-evaluaties",
    body=lambda case: {"tekst": "Ons verslag", "nummer": case.evaluation.pk},
)
ANSWER = ApiWay(
    "organisation",
    lambda case: f"meldingen/{case.signal.reference}/aanvullingen",
    body=lambda _case: {"tekst": "Toen."},
)
OF_WEIGHINGS: dict[str, ApiWay] = {
    code: replace(way, who="decider" if code in ("investigate", "decline", "send_back") else "handler")
    for code, way in _of_table(
        OF_WEIGHING, "handler", "weighing", lambda case: f"incidentwegingen/{case.weighing.pk}/stappen", {}
    ).items()
}
BY_API: dict[str, dict[str, ApiWay]] = {
    "signal": _of_table(
        OF_SIGNAL, "handler", "signal", lambda case: f"signalen/{case.signal.reference}/stappen", TRIAGE_BODIES
    )
    | _of_table(
        OF_NOTIFICATION, "organisation", "signal", lambda case: f"meldingen/{case.signal.reference}/stappen", {}
    )
    # A citizen answers on the page with the receipt code; the API has no receipt codes. What is decided in a weighing
    # is decided there, and comes back to the signal.
    | {"answer": ANSWER, "hand_in": HAND_IN}
    | {"propose_investigation": OF_WEIGHINGS["investigate"], "stop_weighing": OF_WEIGHINGS["withdraw"]},
    "evaluation": _of_table(
        OF_EVALUATION,
        "handler",
        "",
        lambda case: f"signalen/{case.signal.reference}/eigen-evaluaties/{case.evaluation.pk}/stappen",
        EVALUATION_BODIES,
    )
    | {"hand_in": HAND_IN},
    "weighing": {code: way for code, way in OF_WEIGHINGS.items() if code in BY_ACTION["weighing"]},
    "incident": {
        code: way
        for code, way in _of_table(
            OF_INCIDENT, "handler", "incident", lambda case: f"incidentdossiers/{case.incident.pk}/stappen", {}
        ).items()
        if code in BY_ACTION["incident"]
    },
}


def by_api(case: Case, table: str, step: str) -> int:
    """Ask a step of the API; the status of the answer."""
    way = BY_API[table][step]
    body = way.body(case) | ({"revisie": getattr(case, way.seen).revision} if way.seen else {})
    return int(Caller(getattr(case, way.who)).post(way.address(case), body).status_code)
