"""Demo cases in the middle of their handling, made with the actions that people use, by the demo people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.casefiles.actions import give_access, restrict_file, share_with_partner
from zichtlijn.supervision.field.queries import organisations_of
from zichtlijn.supervision.sources.models import SavedFigure

from .actions import evaluating, evidence, incident_roles, incidents, notifying, triage, tying, weighing
from .models import (
    OPEN_STATES,
    EvaluationState,
    IncidentRole,
    IncidentWeighing,
    LogKind,
    OwnEvaluation,
    Signal,
    SignalKind,
    SignalState,
)
from .norms import EVALUATION_NORMS, INCIDENT_CRITERIA

SHELTER = "Centraal Orgaan opvang asielzoekers"
EVALUATION = (
    "Wij hebben de feiten nagezocht, met drie medewerkers gesproken en de rooster en de sleutels bekeken (demo)."
)
ADDED_VALUE = "De organisatie vindt zelf geen oorzaak; wij kunnen bij meer organisaties vergelijken (demo)."


def load() -> None:
    """Make them once: after them the demo has work for every role."""
    people = {user.username: user for user in User.objects.filter(is_demo=True)}
    if "melder-pi" not in people or IncidentRole.objects.exists():
        return
    inspector, spokeswoman = people["inspecteur"], people["melder-pi"]
    own = iter(_notifications_of(spokeswoman))
    earlier = _ask_evaluation(inspector, next(own)).signal
    _hand_in(inspector, spokeswoman, next(own))
    _weigh(
        inspector,
        _judged(inspector, spokeswoman, next(own)),
        "Toezicht op de nacht in penitentiaire inrichtingen (demo)",
        earlier=earlier,
    )
    _weigh(
        inspector,
        next(own),
        "Overdracht van medische gegevens bij binnenkomst (demo)",
        earlier=earlier,
        without="Zij is voor de zomer al gegeven (demo).",
    )
    _write_drafts(spokeswoman)
    _scale_up(people, _notifications_about(SHELTER))
    _tie(people["inspecteur2"])
    _restrict(people)


def _notifications_of(user: User) -> list[Signal]:
    """The newest of an organisation that are still open; taken up first, as every notification is."""
    found = Signal._base_manager.filter(kind=SignalKind.NOTIFICATION, organisation__in=organisations_of(user))
    return list(found.filter(is_demo=True, channel="account").order_by("-received_at")[:4])


def _notifications_about(name: str) -> list[Signal]:
    found = Signal._base_manager.filter(kind=SignalKind.NOTIFICATION, organisation__name=name, is_demo=True)
    return list(found.order_by("-received_at")[:4])


def _in_triage(actor: User, signal: Signal) -> Signal:
    signal.refresh_from_db()
    if signal.state == SignalState.CLOSED:
        return triage.reopen(actor=actor, signal=signal, reason="Er kwam iets nieuws bij (demo).")
    return triage.take_up(actor=actor, signal=signal) if signal.state == SignalState.RECEIVED else signal


def _ask_evaluation(inspector: User, signal: Signal, *, weeks: int = 3) -> OwnEvaluation:
    return evaluating.ask_evaluation(
        actor=inspector,
        signal=_in_triage(inspector, signal),
        question="Wat is er gebeurd, waardoor kon dat, en wat verandert u (demo)?",
        due_on=localdate() + timedelta(weeks=weeks),
    )


def _hand_in(inspector: User, spokeswoman: User, signal: Signal) -> OwnEvaluation:
    asked = _ask_evaluation(inspector, signal)
    return evaluating.hand_in(actor=spokeswoman, evaluation=asked, text=EVALUATION)


def _judged(inspector: User, spokeswoman: User, signal: Signal) -> Signal:
    handed_in = _hand_in(inspector, spokeswoman, signal)
    findings = {
        norm: evaluating.Finding(score, "Zie de eigen evaluatie, tweede alinea (demo).")
        for norm, score in zip(EVALUATION_NORMS, (2, 1, 2, 2, 1), strict=True)
    }
    conclusion = "De feiten kloppen; naar oorzaken in de organisatie zelf is te weinig gezocht (demo)."
    evaluating.judge_evaluation(actor=inspector, evaluation=handed_in, findings=findings, conclusion=conclusion)
    signal.refresh_from_db()
    return signal


def _weigh(inspector: User, signal: Signal, title: str, *, earlier: Signal, without: str = "") -> None:
    begun = weighing.start_weighing(actor=inspector, about=_in_triage(inspector, signal))
    scores = {
        criterion: (score, "Zie de melding en de eigen evaluatie (demo).")
        for criterion, score in zip(INCIDENT_CRITERIA, (3, 2, 2), strict=True)
    }
    words = {"added_value": ADDED_VALUE, "proposed_title": title, "without_evaluation": without}
    scored = weighing.score(actor=inspector, weighing=begun, scores=scores, words=words)
    _link(inspector, scored, earlier)
    weighing.submit_weighing(actor=inspector, weighing=scored)


def _link(inspector: User, weighed: IncidentWeighing, earlier: Signal) -> None:
    """What the scores rest on: an earlier notification, the own evaluation that was judged, a figure of a chain."""
    judged = OwnEvaluation._base_manager.filter(signal=weighed.signal_id, state=EvaluationState.JUDGED).first()
    figure = SavedFigure.objects.visible_to(inspector).standing().filter(is_demo=True).order_by("pk").first()
    rests_on = (
        ("impact", earlier, "Vergelijkbaar incident, kort ervoor (demo)."),
        ("reflection", judged, "Bevindingen bij de norm over oorzaken (demo)."),
        ("system", figure, "Overdrachten die te lang duren (demo)."),
    )
    for criterion, record, note in rests_on:
        if record is not None:
            evidence.add_evidence(actor=inspector, weighing=weighed, criterion=criterion, record=record, note=note)


def _write_drafts(spokeswoman: User) -> None:
    (organisation,) = _organisations_of(spokeswoman)
    for subject in ("Storing van de deuren", "Gevonden telefoon", "Val van een trap"):
        values = {
            "category": "overig",
            "discovered_at": timezone.now() - timedelta(hours=3),
            "subject": subject,
            "text": "Wordt nog aangevuld (demo).",
        }
        draft = notifying.start_notification(actor=spokeswoman, organisation=organisation, values=values)
        Signal._base_manager.filter(pk=draft.pk).update(is_demo=True)


def _organisations_of(user: User) -> list[Any]:
    from zichtlijn.supervision.field.models import Organisation

    return list(Organisation.objects.filter(pk__in=organisations_of(user))[:1])


def _scale_up(people: dict[str, User], notifications: list[Signal]) -> None:
    lead = people["inspecteur2"]
    members = [_in_triage(lead, signal) for signal in notifications]
    incident = incidents.open_incident(actor=lead, title="Noodopvang: ontruimingen (demo)", signals=members)
    incident = incidents.scale_up(actor=lead, incident=incident, reason="Vier meldingen in korte tijd (demo).")
    for username, role, hours in (("inspecteur2", "leader", 24), ("analist", "investigator", 16)):
        incident_roles.set_role(actor=lead, incident=incident, user=people[username], role=role, hours=Decimal(hours))
    for kind, text in (
        (LogKind.FACT, "Op vier locaties viel de verwarming uit (demo)."),
        (LogKind.DECISION, "Elke dag om negen uur overleg; de organisatie levert haar draaiboek (demo)."),
    ):
        incidents.log(actor=lead, incident=incident, text=text, kind=kind)
    incidents.report_situation(
        actor=lead,
        incident=incident,
        known="Iedereen is opgevangen; niemand raakte gewond (demo).",
        unknown="Waarom de storing op vier plaatsen tegelijk was (demo).",
        next_steps="Gesprek met de organisatie, morgen (demo).",
    )
    until = localdate() + timedelta(days=60)
    share_with_partner(
        actor=lead, file=incident, user=people["partner"], purpose="Samen toezicht houden (demo)", until=until
    )


def _tie(inspector: User) -> None:
    """A bundle of three about one organisation, and two that are the same matter."""
    open_signals = Signal._base_manager.filter(
        is_demo=True, kind=SignalKind.SIGNAL, state__in=OPEN_STATES, organisation__isnull=False
    )
    by_organisation: dict[int | None, list[Signal]] = {}
    for signal in open_signals.order_by("-received_at"):
        by_organisation.setdefault(signal.organisation_id, []).append(signal)
    most = max(by_organisation.values(), key=len)
    if len(most) >= 5:
        first, *others = most[:3]
        tying.bundle(actor=inspector, signal=first, others=others, title="Zelfde organisatie, zelfde weken (demo)")
        again, into = (_in_triage(inspector, signal) for signal in most[3:5])
        tying.merge(actor=inspector, signal=again, into=into, reason="Dezelfde gebeurtenis, twee keer gemeld (demo).")


def _restrict(people: dict[str, User]) -> None:
    """One signal about a colleague, for named people only."""
    inspector = people["inspecteur"]
    found = Signal._base_manager.filter(
        is_demo=True, state=SignalState.RECEIVED, bundle__isnull=True, incident__isnull=True
    )
    named = found.order_by("-received_at").first()
    if named is not None:
        restrict_file(actor=inspector, file=named, purpose="Gaat over een collega (demo)")
        give_access(actor=inspector, file=named, user=people["ig"], purpose="Beslist wie het behandelt (demo)")
