"""Carrying out a decided amendment, one activity at a time."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.recording import record

from .activity_content import store_capacity, take_code, told_capacity
from .amending import fields_of, thaw, thaw_capacity
from .changing import create, told
from .freezing import CONTENT_FIELDS
from .locking import lock
from .models import Activity, ActivityState, AmendmentChange, ChangeKind
from .transitions import ACTIVITY

NAME = "programme.decide_amendment"


def apply_change(change: AmendmentChange, *, actor: Any) -> None:
    """Make the change in the activity and tell it there, with the reason of the amendment."""
    if change.kind == ChangeKind.ADD:
        _add(change, actor)
    elif change.kind in (ChangeKind.CHANGE, ChangeKind.ADMIT):
        _change(change, actor)
    else:
        _step(change, actor)


def _add(change: AmendmentChange, actor: Any) -> None:
    amendment = change.amendment
    activity = Activity(programme=amendment.programme, code=take_code(amendment.programme), state=ActivityState.CHOSEN)
    values = {**thaw(change.after, CONTENT_FIELDS), "is_demo": amendment.is_demo}
    create(activity, actor=actor, action=NAME, values=values, reason=amendment.reason)
    store_capacity(activity, thaw_capacity(change.after))
    change.activity = activity
    change.save(update_fields=["activity"])


def _change(change: AmendmentChange, actor: Any) -> None:
    activity = _locked(change)
    names = [field.name for field in fields_of(change)]
    before = {**told(activity), "capacity": told_capacity(activity)}
    for name, value in thaw(change.after, names).items():
        if activity._meta.get_field(name).many_to_many:
            getattr(activity, name).set(value)
        else:
            setattr(activity, name, value)
    if "capacity" in names:
        store_capacity(activity, thaw_capacity(change.after))
    if change.kind == ChangeKind.ADMIT:
        activity.state = ACTIVITY.after(activity.state, change.kind)
        activity.state_reason = change.amendment.reason
    _save(activity, actor, before, change.amendment.reason)


def _step(change: AmendmentChange, actor: Any) -> None:
    activity = _locked(change)
    before = told(activity)
    activity.state = ACTIVITY.after(activity.state, change.kind)
    activity.state_reason = change.amendment.reason
    _save(activity, actor, before, change.amendment.reason)


def _save(activity: Activity, actor: Any, before: dict[str, Any], reason: str) -> None:
    activity.full_clean()
    activity.revision += 1
    activity.save()
    after = {**told(activity), **({"capacity": told_capacity(activity)} if "capacity" in before else {})}
    record(actor=actor, action=NAME, about=activity, before=before, after=after, reason=reason)


def _locked(change: AmendmentChange) -> Activity:
    if change.activity is None:
        raise TypeError("only an added activity has no record yet")
    return lock(change.activity)
