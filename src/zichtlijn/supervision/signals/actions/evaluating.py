"""The organisation's own evaluation: asked with a term, handed in, supplemented, judged by the norms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from .. import intake
from ..deadlines import WAITING
from ..models import (
    Direction,
    EvaluationState,
    Message,
    NormFinding,
    OwnEvaluation,
    Signal,
    SignalState,
    TriageStep,
)
from ..norms import EVALUATION_NORMS, SCORES
from ..stepping import check_reason, check_step, keep, locked, take_step
from ..telling import tell, told
from ..transitions import SIGNAL

TRIAGE, HAND_IN = "signals.triage_signal", "signals.hand_in_evaluation"
LONGEST_TEXT = 50_000


class Finding(NamedTuple):
    """How far one norm is met, and where that is seen."""

    score: int
    evidence: str


@action("signals.ask_evaluation", permission=TRIAGE, on="signal")
def ask_evaluation(
    *, actor: Any, signal: Signal, question: str, due_on: date, revision: int | None = None
) -> OwnEvaluation:
    """Ask the organisation to find out itself what happened, by a day. Raises ValidationError per field.

    It reads the question and the reference, and nothing else of a signal that is not its own notification.
    """
    fresh = locked(signal, revision)
    if fresh.organisation_id is None:
        raise ValidationError(_("Say first about which organisation this is."), code="no-organisation")
    if fresh.evaluations.filter(state__in=WAITING).exists():
        raise ValidationError(_("An own evaluation was asked for already, and is still awaited."), code="asked")
    check_step(actor=actor, kept=fresh, step="ask_evaluation")
    question = _words(question, "question", _("Write what you ask."))
    _check_day(due_on)
    asked = OwnEvaluation.objects.create(
        signal=fresh, organisation_id=fresh.organisation_id, question=question, due_on=due_on
    )
    take_step(actor=actor, signal=fresh, step="ask_evaluation")
    tell(actor=actor, action="signals.ask_evaluation", about=asked)
    return asked


@action("signals.extend", permission=TRIAGE, on="evaluation")
def extend(*, actor: Any, evaluation: OwnEvaluation, due_on: date, reason: str) -> OwnEvaluation:
    """Give more time, to a later day, with a reason. Raises ValidationError for a day that is not later."""
    kept, signal = _locked(evaluation)
    if due_on <= kept.due_on:
        raise ValidationError({"due_on": _("Choose a day after the one that holds now.")}, code="not-later")
    _check_day(due_on)
    reason = _words(reason, "reason", _("Say why: it stays with the record."))
    _step(actor, kept, "extend", action="signals.extend", due_on=due_on)
    keep(signal)
    _note(actor, signal, "extend_evaluation", reason)
    return kept


@action("signals.hand_in", permission=HAND_IN, on="evaluation")
def hand_in(
    *,
    actor: Any,
    evaluation: OwnEvaluation,
    text: str,
    submission: UUID | None = None,
    files: Sequence[intake.Prepared] = (),
) -> OwnEvaluation:
    """Hand the own evaluation in, or the supplement that was asked; what was handed in before stays as it is.

    Raises ValidationError without a text.
    """
    if submission is not None and Message._base_manager.filter(submission=submission).exists():
        return evaluation
    kept, signal = _locked(evaluation)
    text = _words(text, "text", _("Write your own evaluation, or its summary when you send it as a file."))
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("This is too long: send it as a file.")}, code="too-long")
    values = {"handed_in_at": timezone.now(), "handed_in_by": actor}
    if kept.state == EvaluationState.SUPPLEMENT_ASKED:
        _step(actor, kept, "hand_in", action="signals.hand_in", **values)
        asked = kept.messages.filter(asks=True, answered_by__isnull=True).order_by("-pk").first()
        _say(actor, kept, Direction.FROM_ORGANISATION, text, answers=asked, submission=submission)
    else:
        _step(actor, kept, "hand_in", action="signals.hand_in", text=text, **values)
    intake.attach(signal, files, evaluation=kept)
    if signal.state == SignalState.WAITING_ORGANISATION:
        take_step(actor=actor, signal=signal, step="hand_in")
    else:
        keep(signal)  # it goes on without it, but the term no longer runs
    return kept


@action("signals.ask_supplement", permission=TRIAGE, on="evaluation")
def ask_supplement(*, actor: Any, evaluation: OwnEvaluation, question: str, due_on: date) -> OwnEvaluation:
    """Ask what is missing in it, by a day; the signal waits for the organisation again."""
    kept, signal = _locked(evaluation)
    question = _words(question, "question", _("Write what is missing."))
    _check_day(due_on)
    check_step(actor=actor, kept=kept, step="ask_supplement")
    if not can_wait(signal):
        raise ValidationError(_("Take it back into triage first: then it can wait for the organisation."), code="state")
    _step(actor, kept, "ask_supplement", action="signals.ask_supplement", due_on=due_on)
    _say(actor, kept, Direction.TO_ORGANISATION, question, asks=True)
    take_step(actor=actor, signal=signal, step="ask_evaluation")
    return kept


@action("signals.judge_evaluation", permission=TRIAGE, on="evaluation")
def judge_evaluation(
    *, actor: Any, evaluation: OwnEvaluation, findings: Mapping[str, Finding], conclusion: str
) -> OwnEvaluation:
    """Judge it by every norm, 0 to 3, with evidence, and conclude in words. Raises ValidationError per norm.

    The organisation reads the conclusion, not the scores; they add up to nothing.
    """
    kept, _signal = _locked(evaluation)
    check_step(actor=actor, kept=kept, step="judge")
    found = _checked(findings)
    conclusion = _words(conclusion, "conclusion", _("Say what you conclude: the organisation reads this."))
    kept.norms.all().delete()
    NormFinding.objects.bulk_create(
        NormFinding(evaluation=kept, norm=norm, score=finding.score, evidence=finding.evidence.strip())
        for norm, finding in found.items()
    )
    values = {"conclusion": conclusion, "judged_by": actor, "judged_at": timezone.now()}
    return _step(actor, kept, "judge", action="signals.judge_evaluation", **values)


@action("signals.withdraw_evaluation", permission=TRIAGE, on="evaluation")
def withdraw_evaluation(*, actor: Any, evaluation: OwnEvaluation, reason: str) -> OwnEvaluation:
    """Take the request back, with a reason; the signal no longer waits for it."""
    kept, signal = _locked(evaluation)
    reason = check_reason("withdraw", reason)
    _step(actor, kept, "withdraw", action="signals.withdraw_evaluation")
    if signal.state == SignalState.WAITING_ORGANISATION:
        take_step(actor=actor, signal=signal, step="stop_waiting", reason=reason)
    else:
        keep(signal)
        _note(actor, signal, "withdraw_evaluation", reason)
    return kept


@action("signals.reopen_evaluation", permission=TRIAGE, on="evaluation")
def reopen_evaluation(*, actor: Any, evaluation: OwnEvaluation, reason: str) -> OwnEvaluation:
    """Judge it anew, with a reason; the earlier findings stay until they are replaced."""
    kept, signal = _locked(evaluation)
    reason = check_reason("reopen", reason)
    _step(actor, kept, "reopen", action="signals.reopen_evaluation")
    _note(actor, signal, "reopen_evaluation", reason)
    return kept


def withdraw_requests(*, actor: Any, signal: Signal) -> None:
    """Take back what is still asked of the organisation, when its signal stops waiting; within that action."""
    for kept in signal.evaluations.select_for_update().filter(state__in=WAITING):
        _step(actor, kept, "withdraw", action="signals.withdraw_evaluation")
    keep(signal)


def can_wait(signal: Signal) -> bool:
    """True when the signal can go and wait for the organisation."""
    return "ask_evaluation" in SIGNAL.allowed(signal.state)


def _locked(evaluation: OwnEvaluation) -> tuple[OwnEvaluation, Signal]:
    """The signal first, as every action does, so that two never wait for each other."""
    signal = locked(Signal._base_manager.get(pk=evaluation.signal_id))
    return locked(evaluation), signal


def _step(actor: Any, kept: OwnEvaluation, step: str, *, action: str, **values: Any) -> OwnEvaluation:
    after, before = check_step(actor=actor, kept=kept, step=step), told(kept)
    kept.state = after
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    tell(actor=actor, action=action, about=kept, before=before)
    return kept


def _note(actor: Any, signal: Signal, step: str, reason: str) -> None:
    """A line in the course of the signal for what changes its own evaluation but not its stage."""
    person = {"person_id": getattr(actor, "pk", None), "person_name": str(actor or "")[:150]}
    TriageStep.objects.create(signal=signal, step=step, state=signal.state, reason=reason, **person)


def _say(actor: Any, kept: OwnEvaluation, direction: str, text: str, **values: Any) -> Message:
    return Message.objects.create(
        signal_id=kept.signal_id, evaluation=kept, direction=direction, text=text, author=actor, **values
    )


def _checked(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    wrong: dict[str, Any] = {}
    for norm in EVALUATION_NORMS:
        finding = findings.get(norm)
        if finding is None or finding.score not in SCORES:
            wrong[f"score_{norm}"] = _("Choose how far this norm is met.")
        if finding is None or not finding.evidence.strip():
            wrong[f"evidence_{norm}"] = _("Say where that is seen.")
    if unknown := sorted(set(findings) - set(EVALUATION_NORMS)):
        raise ValidationError(_("There is no norm called %(norm)s."), code="norm", params={"norm": ", ".join(unknown)})
    if wrong:
        raise ValidationError(wrong)
    return {norm: findings[norm] for norm in EVALUATION_NORMS}


def _words(text: str, field: str, missing: Any) -> str:
    if not (text := text.strip()):
        raise ValidationError({field: missing}, code="no-text")
    return text


def _check_day(due_on: date) -> None:
    if due_on <= timezone.localdate():
        raise ValidationError({"due_on": _("Choose a day that is yet to come.")}, code="past")
