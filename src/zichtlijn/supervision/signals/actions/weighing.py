"""The weighing of an incident: scored with evidence, laid before who decides, and decided by somebody else.

No sum of scores decides anything; see docs/decisions/0013-weighing-without-a-sum.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..handing_on import hand_on_incident
from ..models import (
    CriterionScore,
    EvaluationState,
    IncidentFile,
    IncidentState,
    IncidentWeighing,
    Outcome,
    OwnEvaluation,
    Signal,
    SignalState,
    WeighingState,
    WeighingStep,
)
from ..norms import INCIDENT_CRITERIA, SCORES
from ..stepping import check_reason, check_step, locked, take_step
from ..telling import tell, told

WEIGH = "signals.weigh_incident"
DECIDE = "signals.decide_weighing"
Scores = Mapping[str, tuple[int | None, str]]
RUNNING = (EvaluationState.ASKED, EvaluationState.HANDED_IN, EvaluationState.SUPPLEMENT_ASKED)
WORDS = ("added_value", "without_evaluation", "proposed_title")


@action("signals.start_weighing", permission=WEIGH, on="about")
def start_weighing(*, actor: Any, about: Signal | IncidentFile, revision: int | None = None) -> IncidentWeighing:
    """Begin to weigh whether the inspectorate investigates this itself: of a signal in triage, or an incident file.

    Raises StepRefused for a signal that is not in triage, ValidationError for a closed file or a second weighing.
    """
    if isinstance(about, Signal):
        signal = take_step(actor=actor, signal=about, step="start_weighing", revision=revision)
        weighing = IncidentWeighing(signal=signal)
    else:
        incident = locked(about, revision)
        _require_weighable(incident)
        weighing = IncidentWeighing(incident=incident)
    weighing.made_by_id = getattr(actor, "pk", None)
    weighing.save()
    sign(actor, weighing)
    _note(actor, weighing, "start", "")
    tell(actor=actor, action="signals.start_weighing", about=weighing)
    return weighing


@action("signals.score", permission=WEIGH, on="weighing")
def score(
    *,
    actor: Any,
    weighing: IncidentWeighing,
    scores: Scores,
    words: Mapping[str, str] | None = None,
    revision: int | None = None,
) -> IncidentWeighing:
    """Write down scores with their evidence, and the ``words`` (``WORDS``); a criterion may still be open.

    Raises ValidationError for a score without evidence, evidence without a score, or a weighing that is not open.
    """
    fresh = locked(weighing, revision)
    check_open(fresh)
    before = told(fresh)
    for name, text in (words or {}).items():
        if name not in WORDS:
            raise TypeError(f"a weighing has no words {name}")
        setattr(fresh, name, text.strip())
    _store_scores(fresh, scores)
    fresh.revision += 1
    fresh.save()
    sign(actor, fresh)
    tell(actor=actor, action="signals.score", about=fresh, before=before)
    return fresh


@action("signals.submit_weighing", permission=WEIGH, on="weighing")
def submit_weighing(*, actor: Any, weighing: IncidentWeighing, revision: int | None = None) -> IncidentWeighing:
    """Lay the weighing before who decides. Raises ValidationError with all that is still missing."""
    fresh = locked(weighing, revision)
    check_step(actor=actor, kept=fresh, step="submit")
    if missing := what_is_missing(fresh):
        raise ValidationError(missing)
    fresh = _step(actor, fresh, "submit", submitted_at=timezone.now())
    sign(actor, fresh)
    return fresh


@action("signals.stop_weighing", permission=WEIGH, on="weighing")
def stop_weighing(
    *, actor: Any, weighing: IncidentWeighing, reason: str, revision: int | None = None
) -> IncidentWeighing:
    """Withdraw a weighing that is still being scored; its signal goes back to triage."""
    fresh = _step(actor, locked(weighing, revision), "withdraw", reason)
    _back_to_triage(actor, fresh, reason)
    return fresh


@action("signals.send_back", permission=DECIDE, on="weighing")
def send_back(*, actor: Any, weighing: IncidentWeighing, reason: str, revision: int | None = None) -> IncidentWeighing:
    """Ask the makers to look again, and say at what."""
    return _step(actor, locked(weighing, revision), "send_back", reason, submitted_at=None)


@action("signals.decline", permission=DECIDE, on="weighing")
def decline(*, actor: Any, weighing: IncidentWeighing, reason: str, revision: int | None = None) -> IncidentWeighing:
    """Decide that the inspectorate does not investigate this itself. The weighing stays; its signal is in triage."""
    fresh = _decide(actor, locked(weighing, revision), "decline", reason)
    _back_to_triage(actor, fresh, reason)
    return fresh


@action("signals.investigate", permission=DECIDE, on="weighing")
def investigate(
    *, actor: Any, weighing: IncidentWeighing, reason: str, title: str = "", revision: int | None = None
) -> IncidentWeighing:
    """Decide that the inspectorate investigates: the signal closes, and the investigation is handed on.

    ``title`` is what all staff will read; without it the proposed one is used. Raises ValidationError without either,
    or when nothing takes the investigation: then nothing was decided.
    """
    stored = locked(weighing, revision)
    title = title.strip() or stored.proposed_title
    if not title:
        raise ValidationError({"title": _("Give the investigation a title, without names of people.")}, code="title")
    fresh = _decide(actor, stored, "investigate", reason, proposed_title=title)
    if fresh.signal is not None:
        take_step(
            actor=actor,
            signal=fresh.signal,
            step="propose_investigation",
            reason=reason.strip(),
            outcome=Outcome.INVESTIGATION,
        )
    hand_on_incident(actor=actor, weighing=fresh)
    return fresh


def check_open(weighing: IncidentWeighing) -> None:
    """Raises ValidationError for a weighing that is not being scored now."""
    if weighing.state == WeighingState.SUBMITTED:
        raise ValidationError(_("This weighing has been laid before who decides; it does not change now."), code="shut")
    if weighing.state != WeighingState.OPEN:
        raise ValidationError(_("This weighing has ended; it does not change any more."), code="shut")


def what_is_missing(weighing: IncidentWeighing) -> list[ValidationError]:
    """Why a weighing cannot be laid before who decides yet; empty when it can."""
    scored = set(weighing.scores.values_list("criterion", flat=True))
    missing = [
        ValidationError(_("Not scored yet: %(criterion)s."), code="unscored", params={"criterion": words})
        for code, words in INCIDENT_CRITERIA.items()
        if code not in scored
    ]
    if not weighing.added_value:
        missing.append(ValidationError(_("Say in words what an investigation of our own would add."), code="value"))
    if not weighing.without_evaluation and not evaluation_is_judged(weighing):
        message = _("The own evaluation has not been judged. Judge it first, or say why it is not awaited.")
        missing.append(ValidationError(message, code="evaluation"))
    return missing


def evaluation_is_judged(weighing: IncidentWeighing) -> bool:
    """True when an own evaluation about it was judged and none is still running."""
    states = set(evaluations_of(weighing).values_list("state", flat=True))
    return EvaluationState.JUDGED in states and not states & set(RUNNING)


def evaluations_of(weighing: IncidentWeighing) -> Any:
    """The own evaluations of the signal that is weighed, or of all signals in the incident file."""
    if weighing.signal_id:
        return OwnEvaluation.objects.filter(signal=weighing.signal_id)
    return OwnEvaluation.objects.filter(signal__incident=weighing.incident_id)


def sign(actor: Any, weighing: IncidentWeighing) -> None:
    """Keep who worked on it: they do not decide."""
    if actor is not None:
        weighing.makers.add(actor)


def name_of(actor: Any) -> str:
    """The name of a person as it is kept beside the key; empty for the system."""
    return str(actor)[:150] if getattr(actor, "pk", None) else ""


def _require_weighable(incident: IncidentFile) -> None:
    if incident.state == IncidentState.CLOSED:
        raise ValidationError(_("This incident file is closed. Reopen it first."), code="closed")
    if incident.weighings.filter(state__in=(WeighingState.OPEN, WeighingState.SUBMITTED)).exists():
        raise ValidationError(_("This incident is being weighed already."), code="weighed-already")


def _store_scores(weighing: IncidentWeighing, scores: Scores) -> None:
    refused: dict[str, Any] = {}
    for criterion, (value, written) in scores.items():
        evidence = written.strip()
        if criterion not in INCIDENT_CRITERIA or value not in (None, *SCORES):
            raise ValidationError(_("Choose a score from the list."), code="score")
        if value is None and evidence:
            refused[f"{criterion}_score"] = ValidationError(_("Choose the score that this evidence is for."))
        elif value is not None and not evidence:
            refused[f"{criterion}_evidence"] = ValidationError(_("A score needs evidence: what is it based on?"))
        elif value is None:
            weighing.scores.filter(criterion=criterion).delete()
        else:
            given = {"score": value, "evidence": evidence}
            CriterionScore.objects.update_or_create(weighing=weighing, criterion=criterion, defaults=given)
    if refused:
        raise ValidationError(refused)


def _step(actor: Any, fresh: IncidentWeighing, step: str, reason: str = "", **values: Any) -> IncidentWeighing:
    """Take a step with a locked weighing: state, reason and event."""
    after, before = check_step(actor=actor, kept=fresh, step=step), told(fresh)
    reason = check_reason(step, reason)
    fresh.state = after
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.revision += 1
    fresh.save()
    _note(actor, fresh, step, reason)
    tell(actor=actor, action=EVENTS.get(step, f"signals.{step}"), about=fresh, before=before)
    return fresh


EVENTS = {"submit": "signals.submit_weighing", "withdraw": "signals.stop_weighing"}


def _decide(actor: Any, fresh: IncidentWeighing, step: str, reason: str, **values: Any) -> IncidentWeighing:
    decided = {
        "decided_by_id": getattr(actor, "pk", None),
        "decided_by_name": name_of(actor),
        "decided_at": timezone.now(),
        "decision_reason": check_reason(step, reason),
    }
    return _step(actor, fresh, step, reason, **decided, **values)


def _back_to_triage(actor: Any, weighing: IncidentWeighing, reason: str) -> None:
    if weighing.signal is not None and weighing.signal.state == SignalState.WEIGHING:
        take_step(actor=actor, signal=weighing.signal, step="stop_weighing", reason=reason)


def _note(actor: Any, weighing: IncidentWeighing, step: str, reason: str) -> None:
    WeighingStep.objects.create(
        weighing=weighing,
        step=step,
        state=weighing.state,
        reason=reason,
        person_id=getattr(actor, "pk", None),
        person_name=name_of(actor),
    )
