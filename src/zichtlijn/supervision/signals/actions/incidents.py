"""Incident files: opened from what came in, scaled up and down, and what is written down in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from zichtlijn.platform.events.actions import action

from ..incident_access import adopt, audience_for, leave
from ..models import (
    OPEN_STATES,
    IncidentFile,
    IncidentState,
    LogEntry,
    LogKind,
    Outcome,
    Signal,
    SignalState,
    SituationReport,
    WeighingState,
)
from ..stepping import check_reason, check_step, keep, locked, take_step
from ..telling import tell, told
from ..transitions import SIGNAL

LEAD = "signals.lead_incident"
NOT_IN_A_FILE = (SignalState.DRAFT, SignalState.DISCARDED, SignalState.MERGED)


@action("signals.open_incident", permission=LEAD)
def open_incident(
    *,
    actor: Any,
    title: str,
    signals: Sequence[Signal] = (),
    happened_on: date | None = None,
    organisations: Sequence[Any] | None = None,
) -> IncidentFile:
    """One file for one incident, with what came in about it. It is open to nobody more than each of them was.

    Without ``organisations`` it concerns those of its signals. Raises ValidationError when their access cannot go
    together, or one of them is in another file.
    """
    if not title.strip():
        raise ValidationError({"title": _("Give the incident a title.")}, code="title")
    members = _locked_members(actor, signals)
    incident = IncidentFile(title=title.strip(), happened_on=happened_on, **audience_for(members))
    incident.is_demo = bool(members) and all(signal.is_demo for signal in members)
    incident.full_clean(exclude=["organisations"])
    incident.save()
    concerned = organisations
    if concerned is None:
        concerned = list({signal.organisation for signal in members if signal.organisation is not None})
    incident.organisations.set(concerned)
    tell(actor=actor, action="signals.open_incident", about=incident)
    _put_in(actor, incident, members)
    return incident


@action("signals.edit_incident", permission=LEAD, on="incident")
def edit_incident(
    *,
    actor: Any,
    incident: IncidentFile,
    title: str,
    happened_on: date | None = None,
    organisations: Sequence[Any] = (),
    revision: int | None = None,
) -> IncidentFile:
    """Change what the file says it is about."""
    fresh = _open_file(actor, incident, revision)
    before = told(fresh)
    fresh.title, fresh.happened_on = title.strip(), happened_on
    fresh.full_clean(exclude=["organisations"])
    fresh.organisations.set(organisations)
    return _kept(actor, fresh, "signals.edit_incident", before)


@action("signals.put_in_incident", permission=LEAD, on="incident")
def put_in_incident(*, actor: Any, incident: IncidentFile, signals: Sequence[Signal]) -> IncidentFile:
    """Add what came in to the file: all of them or, when one is refused, none. They take over its access."""
    fresh = _open_file(actor, incident)
    _put_in(actor, fresh, _locked_members(actor, signals))
    return fresh


@action("signals.take_out_of_incident", permission=LEAD, on="incident")
def take_out_of_incident(*, actor: Any, incident: IncidentFile, signal: Signal, reason: str) -> Signal:
    """It turns out not to belong there. Who could see it goes on seeing it; from now on apart from the file."""
    fresh, stored = _open_file(actor, incident), locked(signal)
    if stored.incident_id != fresh.pk:
        raise ValidationError(_("This is not in the incident file."), code="not-in-it")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays with the record.")}, code="reason")
    before = told(stored)
    leave(stored, actor)
    keep(stored)
    tell(actor=actor, action="signals.take_out_of_incident", about=stored, before=before)
    _write(actor, fresh, LogKind.DECISION, f"{stored.reference} – {_('taken out of the incident file')}: {reason}")
    return stored


@action("signals.scale_up", permission=LEAD, on="incident")
def scale_up(*, actor: Any, incident: IncidentFile, reason: str, revision: int | None = None) -> IncidentFile:
    """More people than the usual ones work on it, and other work waits."""
    return _step(actor, incident, "scale_up", reason, revision)


@action("signals.scale_down", permission=LEAD, on="incident")
def scale_down(*, actor: Any, incident: IncidentFile, reason: str = "", revision: int | None = None) -> IncidentFile:
    """Back to what is usual; the roles end one by one."""
    return _step(actor, incident, "scale_down", reason, revision)


@action("signals.close_incident", permission=LEAD, on="incident")
def close_incident(
    *, actor: Any, incident: IncidentFile, reason: str = "", revision: int | None = None
) -> IncidentFile:
    """Nothing more is done in this file; its roles end, and what came in about it is finished with it.

    Raises ValidationError while the file, or something in it, is being weighed or waits for an answer.
    """
    if incident.weighings.filter(state__in=(WeighingState.OPEN, WeighingState.SUBMITTED)).exists():
        raise ValidationError(_("This incident is still being weighed. Decide on the weighing or stop it first."))
    members = _members_to_finish(incident)
    closed = _step(actor, incident, "close", reason, revision)
    for signal in members:
        take_step(actor=actor, signal=signal, step="finish_in_incident", outcome=Outcome.IN_INCIDENT)
    return closed


@action("signals.reopen_incident", permission=LEAD, on="incident")
def reopen_incident(*, actor: Any, incident: IncidentFile, reason: str, revision: int | None = None) -> IncidentFile:
    """It turns out not to be over."""
    return _step(actor, incident, "reopen", reason, revision)


@action("signals.log", permission=LEAD, on="incident")
def log(
    *,
    actor: Any,
    incident: IncidentFile,
    text: str,
    kind: str = LogKind.FACT,
    at: datetime | None = None,
    corrects: LogEntry | None = None,
) -> LogEntry:
    """Write a line of the log. A wrong line stays, and ``corrects`` says which one the new line puts right."""
    fresh = _open_file(actor, incident)
    if corrects is not None and corrects.incident_id != fresh.pk:
        raise ValidationError({"corrects": _("This line stands in another log.")}, code="other-log")
    if at is not None and at > timezone.now():
        raise ValidationError({"at": _("This moment has yet to come.")}, code="future")
    entry = _write(actor, fresh, kind, text, at=at, corrects=corrects)
    tell(actor=actor, action="signals.log", about=fresh, before=told(fresh))
    return entry


@action("signals.report_situation", permission=LEAD, on="incident")
def report_situation(
    *, actor: Any, incident: IncidentFile, known: str, unknown: str = "", done: str = "", next_steps: str = ""
) -> SituationReport:
    """The picture at this moment, as the next numbered report."""
    fresh = _open_file(actor, incident)
    if not known.strip():
        raise ValidationError({"known": _("Write down what is known.")}, code="known")
    last = fresh.reports.aggregate(last=Max("number"))["last"] or 0
    report = SituationReport(
        incident=fresh,
        number=last + 1,
        known=known,
        unknown=unknown,
        done=done,
        next_steps=next_steps,
        author_id=getattr(actor, "pk", None),
        author_name=_name_of(actor),
    )
    report.full_clean(exclude=["author"])
    report.save()
    tell(actor=actor, action="signals.report_situation", about=fresh, before=told(fresh))
    return report


def _locked_members(actor: Any, signals: Sequence[Signal]) -> list[Signal]:
    """The signals as they are stored, locked in order of their keys; each may be put in a file by this person."""
    members = [locked(signal) for signal in sorted(signals, key=lambda signal: signal.pk)]
    for signal in members:
        if actor is not None and not actor.has_perm(LEAD, signal):
            raise PermissionDenied(LEAD)
        if signal.state in NOT_IN_A_FILE:
            message = _("%(signal)s cannot be put in an incident file now.")
            raise ValidationError(message, code="state", params={"signal": signal})
        if signal.incident_id is not None:
            message = _("%(signal)s is in an incident file already. Take it out of there first.")
            raise ValidationError(message, code="in-another", params={"signal": signal})
    return members


def _members_to_finish(incident: IncidentFile) -> list[Signal]:
    """What is still open in a file, in order of their keys. Raises ValidationError for what cannot be finished yet."""
    members = list(Signal._base_manager.filter(incident=incident.pk, state__in=OPEN_STATES).order_by("pk"))
    for signal in members:
        if "finish_in_incident" not in SIGNAL.allowed(signal.state):
            message = _("%(signal)s is “%(state)s”. End that first, or take it out of the incident file.")
            params = {"signal": signal, "state": signal.get_state_display()}
            raise ValidationError(message, code="member", params=params)
    return members


def _put_in(actor: Any, incident: IncidentFile, members: Sequence[Signal]) -> None:
    for signal in members:
        before = told(signal)
        adopt(signal, incident)
        keep(signal)
        tell(actor=actor, action="signals.put_in_incident", about=signal, before=before)


def _open_file(actor: Any, incident: IncidentFile, revision: int | None = None) -> IncidentFile:
    """The file as stored, locked. Raises ValidationError when it is closed, PermissionDenied by the stored row."""
    fresh = locked(incident, revision)
    if actor is not None and not actor.has_perm(LEAD, fresh):
        raise PermissionDenied(LEAD)
    if fresh.state == IncidentState.CLOSED:
        raise ValidationError(_("This incident file is closed. Reopen it first."), code="closed")
    return fresh


def _step(actor: Any, incident: IncidentFile, step: str, reason: str, revision: int | None) -> IncidentFile:
    from .incident_roles import end_all

    fresh = locked(incident, revision)
    after, before = check_step(actor=actor, kept=fresh, step=step), told(fresh)
    reason = check_reason(step, reason)
    fresh.state = after
    fresh.closed_at = timezone.now() if after == IncidentState.CLOSED else None
    if after == IncidentState.CLOSED:
        end_all(fresh)
    words = f"{STEP_WORDS[step]()}: {reason}" if reason else STEP_WORDS[step]()
    _write(actor, fresh, LogKind.DECISION, words)
    return _kept(actor, fresh, EVENTS.get(step, f"signals.{step}"), before)


EVENTS = {"close": "signals.close_incident", "reopen": "signals.reopen_incident"}
STEP_WORDS = {
    "scale_up": lambda: _("Scaled up"),
    "scale_down": lambda: _("Scaled down"),
    "close": lambda: _("Closed"),
    "reopen": lambda: _("Reopened"),
}


def _kept(actor: Any, fresh: IncidentFile, name: str, before: dict[str, Any]) -> IncidentFile:
    fresh.revision += 1
    fresh.save()
    tell(actor=actor, action=name, about=fresh, before=before)
    return fresh


def _write(actor: Any, incident: IncidentFile, kind: str, text: str, **values: Any) -> LogEntry:
    entry = LogEntry(
        incident=incident,
        kind=kind,
        text=text.strip(),
        at=values.pop("at", None) or timezone.now(),
        author_id=getattr(actor, "pk", None),
        author_name=_name_of(actor),
        **values,
    )
    entry.full_clean(exclude=["author", "corrects"])
    entry.save()
    return entry


def _name_of(actor: Any) -> str:
    return str(actor)[:150] if getattr(actor, "pk", None) else ""
