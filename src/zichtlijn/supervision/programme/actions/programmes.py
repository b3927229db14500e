"""What can be done with a programme: make it, edit the draft, take its steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..changing import Values, create, edit, require_reason, told
from ..locking import lock
from ..models import ActivityState, Perspective, Programme, ProgrammeStep, ProgrammeVersion
from ..transitions import PROGRAMME, STEPS_WITH_REASON
from ..versions import freeze_version

WRITE = "programme.write_programme"
SEND = "programme.send_programme"


@action("programme.create_programme", permission=WRITE)
def create_programme(*, actor: Any, perspective: Perspective, values: Values) -> Programme:
    """A draft for one year, which lies within the perspective. Its address is the year, when that is free."""
    year, inspectorate = values.get("year"), values.get("inspectorate", "")
    if year and not perspective.first_year <= year <= perspective.last_year:
        raise ValidationError({"year": _("This year lies outside the years of the perspective.")}, code="year")
    slug = str(year)
    if Programme.objects.filter(slug=slug).exists():
        slug = f"{year}-{slugify(inspectorate)}"[:80]
    programme = Programme(perspective=perspective, slug=slug)
    return create(programme, actor=actor, action="programme.create_programme", values=values)


@action("programme.edit_programme", permission=WRITE, on="programme")
def edit_programme(
    *, actor: Any, programme: Programme, values: Values, revision: int | None = None, reason: str = ""
) -> Programme:
    """Change the draft: title, description, what is available and needed."""
    require_draft(lock(programme))
    return edit(
        programme, actor=actor, action="programme.edit_programme", values=values, revision=revision, reason=reason
    )


@action("programme.consult_programme", permission=SEND, on="programme")
def consult_programme(*, actor: Any, programme: Programme, on: date | None = None, reason: str = "") -> Programme:
    """The draft has been consulted with those concerned; from now on it waits for a decision."""
    return _step(actor=actor, programme=programme, step="consult", on=on, reason=reason)


@action("programme.reopen_programme", permission=SEND, on="programme")
def reopen_programme(*, actor: Any, programme: Programme, reason: str, on: date | None = None) -> Programme:
    """Back from consulted to draft, with a reason."""
    return _step(actor=actor, programme=programme, step="reopen", on=on, reason=reason)


@action("programme.decide_programme", permission="programme.decide_programme", on="programme")
def decide_programme(
    *, actor: Any, programme: Programme, on: date | None = None, reason: str = "", revision: int | None = None
) -> ProgrammeVersion:
    """The inspector-general decides: the programme is frozen as version 1.

    Raises ValidationError while there are candidates about which nobody has chosen, or when nothing was chosen.
    ``revision`` is that of the programme that was shown (StaleEditError when it is another one by now).
    """
    stored = lock(programme, revision)
    PROGRAMME.after(stored.state, "decide")
    _require_choice(stored)
    _step(actor=actor, programme=stored, step="decide", on=on, reason=reason)
    stored.refresh_from_db()
    return freeze_version(stored, actor=actor, on=on or localdate(), reason=reason)


@action("programme.send_to_minister", permission=SEND, on="programme")
def send_to_minister(*, actor: Any, programme: Programme, on: date | None = None, reason: str = "") -> Programme:
    """The decided programme went to the minister."""
    return _step(actor=actor, programme=programme, step="send_to_minister", on=on, reason=reason)


@action("programme.send_to_parliament", permission=SEND, on="programme")
def send_to_parliament(*, actor: Any, programme: Programme, on: date | None = None, reason: str = "") -> Programme:
    """The minister sent the programme to parliament."""
    return _step(actor=actor, programme=programme, step="send_to_parliament", on=on, reason=reason)


def require_draft(programme: Programme) -> None:
    """Raise ValidationError when the programme is no draft any more, saying what can be done instead."""
    if programme.is_draft:
        return
    if programme.is_decided:
        message = _("This work programme has been decided. It changes by amendment only.")
    else:
        message = _("This work programme has been consulted. Take it back to draft before you change it.")
    raise ValidationError(message, code="not-draft")


def _require_choice(programme: Programme) -> None:
    open_candidates = programme.activities.filter(state=ActivityState.CANDIDATE).count()
    if open_candidates:
        message = _("%(number)s candidate activities have been neither chosen nor dropped.")
        raise ValidationError(message, code="open-candidates", params={"number": open_candidates})
    if not programme.activities.in_programme().exists():
        raise ValidationError(_("No activity has been chosen yet."), code="empty")


def _step(*, actor: Any, programme: Programme, step: str, on: date | None, reason: str) -> Programme:
    stored = lock(programme)
    after = PROGRAMME.after(stored.state, step)
    if step in STEPS_WITH_REASON:
        reason = require_reason(reason)
    day = _day_of_step(stored, on)
    before = told(stored)
    stored.state = after
    stored.revision += 1
    stored.save()
    ProgrammeStep.objects.create(
        programme=stored,
        step=step,
        state=after,
        on=day,
        person=actor,
        person_name="" if actor is None else str(actor)[:150],
        reason=reason,
    )
    name = f"programme.{step}" if step.startswith("send_") else f"programme.{step}_programme"
    record(actor=actor, action=name, about=stored, before=before, after={**told(stored), "on": day}, reason=reason)
    return stored


def _day_of_step(programme: Programme, on: date | None) -> date:
    day = on or localdate()
    last = programme.steps.order_by("-id").first()
    if day > localdate():
        raise ValidationError({"on": _("This day has yet to come.")}, code="future")
    if last is not None and day < last.on:
        message = _("The step before this one was taken on %(day)s; this one cannot be earlier.")
        raise ValidationError({"on": ValidationError(message, code="earlier", params={"day": last.on})})
    return day
