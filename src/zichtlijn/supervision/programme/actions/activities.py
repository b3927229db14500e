"""What can be done with an activity: make it, edit it while the programme is a draft, choose, drop, start, finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..activity_content import require_goals_of_perspective, store_capacity, take_code, told_capacity
from ..changing import Values, create, edit, require_reason, told
from ..locking import lock
from ..models import Activity, Programme
from ..transitions import ACTIVITY, CHOICE_STEPS, STEPS_WITH_REASON, WORK_STEPS
from .programmes import require_draft

CHOOSE = "programme.choose_activity"
PROGRESS = "programme.progress_activity"


@action("programme.create_activity", permission="programme.add_activity")
def create_activity(*, actor: Any, programme: Programme, values: Values, submission: UUID | None = None) -> Activity:
    """A new candidate of a draft. The same ``submission`` sent twice gives the activity that the first one made."""
    stored = lock(programme)
    if submission is not None and (made := Activity.objects.filter(submission=submission).first()):
        return made
    require_draft(stored)
    require_goals_of_perspective(stored, values)
    activity = Activity(programme=stored, code=take_code(stored), submission=submission, is_demo=stored.is_demo)
    return create(activity, actor=actor, action="programme.create_activity", values=values)


@action("programme.edit_activity", permission="programme.change_activity", on="activity")
def edit_activity(
    *, actor: Any, activity: Activity, values: Values, revision: int | None = None, reason: str = ""
) -> Activity:
    """Change an activity of a draft. Raises StaleEditError when somebody else changed it in the meantime."""
    _require_editable(actor, activity)
    require_goals_of_perspective(activity.programme, values)
    return edit(
        activity, actor=actor, action="programme.edit_activity", values=values, revision=revision, reason=reason
    )


@action("programme.set_capacity", permission="programme.change_activity", on="activity")
def set_capacity(
    *,
    actor: Any,
    activity: Activity,
    hours: Mapping[str, Decimal],
    revision: int | None = None,
    reason: str = "",
) -> Activity:
    """Say how many hours of which expertise an activity of a draft asks; what is not named is taken away."""
    _require_editable(actor, activity)
    stored = lock(activity, revision)
    before = told_capacity(stored)
    store_capacity(stored, hours)
    after = told_capacity(stored)
    if before == after:
        return stored
    stored.revision += 1
    stored.save(update_fields=["revision"])
    record(
        actor=actor,
        action="programme.set_capacity",
        about=stored,
        before={"capacity": before},
        after={"capacity": after},
        reason=reason,
    )
    return stored


@action("programme.choose_activity", permission=CHOOSE, on="activity")
def choose_activity(*, actor: Any, activity: Activity, reason: str = "") -> Activity:
    """Take a candidate into the draft programme."""
    return _step(actor=actor, activity=activity, step="choose", reason=reason)


@action("programme.unchoose_activity", permission=CHOOSE, on="activity")
def unchoose_activity(*, actor: Any, activity: Activity, reason: str = "") -> Activity:
    """Make a chosen activity of a draft a candidate again."""
    return _step(actor=actor, activity=activity, step="unchoose", reason=reason)


@action("programme.drop_activity", permission=CHOOSE, on="activity")
def drop_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """Leave an activity out of the draft, with the reason why."""
    return _step(actor=actor, activity=activity, step="drop", reason=reason)


@action("programme.restore_activity", permission=CHOOSE, on="activity")
def restore_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """Make a dropped activity of a draft a candidate again."""
    return _step(actor=actor, activity=activity, step="restore", reason=reason)


@action("programme.choose_candidates", permission=CHOOSE)
def choose_candidates(*, actor: Any, activities: Sequence[Activity], reason: str = "") -> list[Activity]:
    """Take several candidates into the draft at once: all of them or, when one is refused, none."""
    return [_step(actor=actor, activity=activity, step="choose", reason=reason) for activity in activities]


@action("programme.drop_candidates", permission=CHOOSE)
def drop_candidates(*, actor: Any, activities: Sequence[Activity], reason: str) -> list[Activity]:
    """Leave several candidates out of the draft for one reason: all of them or, when one is refused, none."""
    return [_step(actor=actor, activity=activity, step="drop", reason=reason) for activity in activities]


@action("programme.start_activity", permission=PROGRESS, on="activity")
def start_activity(*, actor: Any, activity: Activity, reason: str = "") -> Activity:
    """The work on an activity of a decided programme begins."""
    return _step(actor=actor, activity=activity, step="start", reason=reason)


@action("programme.pause_activity", permission=PROGRESS, on="activity")
def pause_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """The work is laid down for now; the activity stays in the programme."""
    return _step(actor=actor, activity=activity, step="pause", reason=reason)


@action("programme.finish_activity", permission=PROGRESS, on="activity")
def finish_activity(*, actor: Any, activity: Activity, reason: str = "") -> Activity:
    """The activity is done."""
    return _step(actor=actor, activity=activity, step="finish", reason=reason)


@action("programme.reopen_activity", permission=PROGRESS, on="activity")
def reopen_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """A finished activity turns out not to be done."""
    return _step(actor=actor, activity=activity, step="reopen", reason=reason)


def _require_editable(actor: Any, activity: Activity) -> None:
    """The programme is a draft, and the actor may still edit the activity as it is stored by now."""
    require_draft(lock(activity.programme))
    stored = lock(activity)
    if actor is not None and not actor.has_perm("programme.change_activity", stored):
        raise PermissionDenied("programme.change_activity")


def _step(*, actor: Any, activity: Activity, step: str, reason: str) -> Activity:
    programme = lock(activity.programme)
    stored = lock(activity)
    after = ACTIVITY.after(stored.state, step)
    _require_phase(programme, step)
    if step in STEPS_WITH_REASON:
        reason = require_reason(reason)
    before = told(stored)
    stored.state = after
    stored.state_reason = reason
    stored.revision += 1
    stored.save()
    record(
        actor=actor,
        action=f"programme.{step}_activity",
        about=stored,
        before=before,
        after=told(stored),
        reason=reason,
    )
    return stored


def _require_phase(programme: Programme, step: str) -> None:
    if step in CHOICE_STEPS:
        require_draft(programme)
    if step in WORK_STEPS and not programme.is_decided:
        raise ValidationError(_("The work begins when the work programme has been decided."), code="not-decided")
