"""The programme in the line of sight: perspective, goal, activity, and whom an activity concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import register_link, register_step

from .models import Activity, Figure, Goal, Perspective, Programme

register_step("programme.perspective", order=40, name=_("perspective"))
register_step("programme.goal", order=45, name=_("goal"))
register_step("programme.programme", order=48, name=_("work programme"))
register_step("programme.figure", order=49, name=_("figure"))
register_step("programme.activity", order=50, name=_("activity"))


def _linked(relation: str) -> Callable[[Any], Any]:
    """The standing activities that name a record under ``relation``."""
    return lambda record: Activity.objects.filter(**{relation: record}).exclude(state="dropped")


register_link(
    source="programme.perspective",
    target="programme.goal",
    name=_("has the goal"),
    forward=lambda perspective: Goal.objects.filter(perspective=perspective),
    backward=lambda goal: Perspective.objects.filter(pk=goal.perspective_id),
)
register_link(
    source="programme.perspective",
    target="programme.programme",
    name=_("is worked out in"),
    forward=lambda perspective: Programme.objects.filter(perspective=perspective),
    backward=lambda programme: Perspective.objects.filter(pk=programme.perspective_id),
)
register_link(
    source="programme.goal",
    target="programme.activity",
    name=_("is served by"),
    forward=_linked("goals"),
    backward=lambda activity: activity.goals.all(),
)
register_link(
    source="programme.programme",
    target="programme.activity",
    name=_("holds"),
    forward=_linked("programme"),
    backward=lambda activity: Programme.objects.filter(pk=activity.programme_id),
)
register_link(
    source="programme.programme",
    target="programme.figure",
    name=_("states"),
    forward=lambda programme: Figure.objects.filter(programme=programme),
    backward=lambda figure: Programme.objects.filter(pk=figure.programme_id),
)
for relation, target, words in (
    ("organisations", "field.organisation", _("concerns the organisation")),
    ("chains", "field.chain", _("concerns the chain")),
    ("groups", "field.citizengroup", _("touches")),
):
    register_link(
        source="programme.activity",
        target=target,
        name=words,
        forward=lambda activity, name=relation: getattr(activity, name).all(),
        backward=_linked(relation),
    )

register_link(
    source="mandate.act",
    target="programme.activity",
    name=_("is the legal basis of"),
    forward=_linked("acts"),
    backward=lambda activity: activity.acts.all(),
)
