"""What a user can ask about the programme. Every answer starts from ``visible_to``."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum

from .models import (
    Activity,
    ActivityState,
    Amendment,
    CapacityNeed,
    Figure,
    Goal,
    Perspective,
    Programme,
)


def programmes_for(user: Any) -> models.QuerySet[Programme]:
    """Programmes with their perspective and the number of activities that they hold."""
    held = ~Q(activities__state__in=(ActivityState.CANDIDATE, ActivityState.DROPPED))
    return (
        Programme.objects.visible_to(user)
        .select_related("perspective")
        .annotate(activity_count=Count("activities", filter=held))
    )


def perspectives_for(user: Any) -> models.QuerySet[Perspective]:
    """Perspectives with their goals."""
    return Perspective.objects.visible_to(user).prefetch_related("goals", "programmes")


def activities_for(user: Any) -> models.QuerySet[Activity]:
    """Activities with all that lists and exports show."""
    return Activity.objects.visible_to(user).with_relations()


def amendments_for(user: Any) -> models.QuerySet[Amendment]:
    """Amendments with their programme and the version that they made."""
    return Amendment.objects.visible_to(user).select_related("programme", "version")


def figures_for(user: Any) -> models.QuerySet[Figure]:
    """Figures with their programme."""
    return Figure.objects.visible_to(user).select_related("programme")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with the activities of one programme that serve it; ``goal`` None for those that serve no goal."""

    goal: Goal | None
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Overview:
    """One programme in figures. fte and euro are summed over what stands in it; candidates count apart.

    ``proposed`` are the candidates of a decided programme: they are no part of it, nor of its totals.
    """

    activities: tuple[Activity, ...]
    proposed: tuple[Activity, ...]
    lines: tuple[GoalLine, ...]
    fte: Decimal
    budget: Decimal
    hours: dict[str, Decimal]
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """The number of activities in the programme, dropped ones left out; candidates too while it is a draft."""
        return len(self.activities)


def overview(programme: Programme, user: Any) -> Overview:
    """The activities of a programme by goal, with totals over those that the user may see."""
    found = Activity.objects.visible_to(user).filter(programme=programme)
    seen = tuple(found.select_related("programme").prefetch_related("goals"))
    proposed = tuple(item for item in seen if programme.is_decided and item.state == ActivityState.CANDIDATE)
    live = tuple(item for item in seen if item.state != ActivityState.DROPPED and item not in proposed)
    return Overview(
        activities=live,
        proposed=proposed,
        lines=_by_goal(programme, live),
        fte=sum((item.fte or Decimal(0) for item in live), Decimal(0)),
        budget=sum((item.budget or Decimal(0) for item in live), Decimal(0)),
        hours=_hours(live),
        kinds=Counter(item.kind for item in live),
        statuses=Counter(item.status for item in live),
        states=Counter(item.state for item in seen),
    )


def _by_goal(programme: Programme, activities: tuple[Activity, ...]) -> tuple[GoalLine, ...]:
    served: dict[Any, list[Activity]] = defaultdict(list)
    for item in activities:
        for goal in item.goals.all() or [None]:
            served[goal].append(item)
    goals = [*programme.perspective.goals.all(), *([None] if served[None] else [])]
    return tuple(GoalLine(goal, tuple(served[goal])) for goal in goals)


def _hours(activities: tuple[Activity, ...]) -> dict[str, Decimal]:
    needs = CapacityNeed.objects.filter(activity__in=activities).values("expertise")
    return {row["expertise"]: row["total"] for row in needs.annotate(total=Sum("hours")).order_by("expertise")}


def activities_concerning(record: models.Model, relation: str, user: Any) -> models.QuerySet[Activity]:
    """The activities that name ``record`` under ``relation`` (organisations, chains, acts, groups, domain, goals)."""
    found = Activity.objects.visible_to(user).filter(**{relation: record}).exclude(state=ActivityState.DROPPED)
    return found.select_related("programme").order_by("-programme__year", "code")
