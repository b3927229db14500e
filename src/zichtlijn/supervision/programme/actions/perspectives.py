"""What can be done with a perspective, its goals and its spearheads."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..changing import Values, create, edit, remove
from ..models import Goal, Perspective, Spearhead

WRITE = "programme.write_programme"


@action("programme.create_perspective", permission=WRITE)
def create_perspective(*, actor: Any, values: Values) -> Perspective:
    """A new perspective from ``title``, ``first_year``, ``last_year`` and optionally ``description``, ``is_demo``."""
    return create(Perspective(), actor=actor, action="programme.create_perspective", values=values)


@action("programme.edit_perspective", permission=WRITE, on="perspective")
def edit_perspective(
    *, actor: Any, perspective: Perspective, values: Values, revision: int | None = None, reason: str = ""
) -> Perspective:
    """Change a perspective. Decided versions keep the old words."""
    return edit(
        perspective,
        actor=actor,
        action="programme.edit_perspective",
        values=values,
        revision=revision,
        reason=reason,
    )


@action("programme.create_goal", permission=WRITE)
def create_goal(*, actor: Any, perspective: Perspective, values: Values) -> Goal:
    """A new goal of the perspective; it gets the next number when ``values`` has none."""
    if not values.get("number"):
        last = perspective.goals.aggregate(last=Max("number"))["last"] or 0
        values = {**values, "number": last + 1}
    return create(
        Goal(perspective=perspective, is_demo=perspective.is_demo),
        actor=actor,
        action="programme.create_goal",
        values=values,
    )


@action("programme.edit_goal", permission=WRITE, on="goal")
def edit_goal(*, actor: Any, goal: Goal, values: Values, revision: int | None = None, reason: str = "") -> Goal:
    """Change a goal. Decided versions keep the old words."""
    return edit(goal, actor=actor, action="programme.edit_goal", values=values, revision=revision, reason=reason)


@action("programme.remove_goal", permission=WRITE, on="goal")
def remove_goal(*, actor: Any, goal: Goal, reason: str = "") -> None:
    """Take away a goal that no activity serves and no decided programme holds."""
    if goal.activities.exists() or goal.perspective.programmes.filter(versions__isnull=False).exists():
        raise ValidationError(
            _("This goal is served by activities or stands in a decided programme, so it stays."), code="in-use"
        )
    remove(goal, actor=actor, action="programme.remove_goal", reason=reason)


@action("programme.create_spearhead", permission=WRITE)
def create_spearhead(*, actor: Any, perspective: Perspective, values: Values) -> Spearhead:
    """A new accent over all goals of the perspective."""
    return create(
        Spearhead(perspective=perspective, is_demo=perspective.is_demo),
        actor=actor,
        action="programme.create_spearhead",
        values=values,
    )


@action("programme.edit_spearhead", permission=WRITE, on="spearhead")
def edit_spearhead(
    *, actor: Any, spearhead: Spearhead, values: Values, revision: int | None = None, reason: str = ""
) -> Spearhead:
    """Change an accent."""
    return edit(
        spearhead, actor=actor, action="programme.edit_spearhead", values=values, revision=revision, reason=reason
    )
