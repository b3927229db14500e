"""Who was what in the steering triangle on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch

from ..models import Organisation, OrganisationName, SteeringRole
from ..periods import period_on


@dataclass(frozen=True, slots=True)
class Corner:
    """An organisation in a steering triangle, under the name it bore on that day, with the days of its role."""

    organisation: Organisation
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class SteeringTriangle:
    """Who was what on ``day``. ``owner`` is None and ``commissioners`` empty where the register knows of none."""

    day: date
    contractor: Corner
    owner: Corner | None
    commissioners: tuple[Corner, ...]

    @property
    def is_empty(self) -> bool:
        """True when nobody steers the organisation on this day, as far as is known."""
        return self.owner is None and not self.commissioners


def name_on(organisation: Organisation, day: date) -> str:
    """The name the organisation bore on ``day``; the name of today when none is known for that day."""
    found = next((name for name in organisation.names.all() if name.holds_on(day)), None)
    return found.name if found else organisation.name


def steering_triangle(organisation: Organisation, day: date) -> SteeringTriangle:
    """Who was owner and who were commissioners of ``organisation`` on ``day``; first and last days count."""
    return steering_triangles(Organisation.objects.filter(pk=organisation.pk), day)[0]


def steering_triangles(organisations: models.QuerySet[Organisation], day: date) -> list[SteeringTriangle]:
    """The triangles of organisations (a slice is fine), in their order and in a fixed number of queries."""
    return [triangle_of(row, day) for row in with_steering(organisations, day)]


def with_steering(organisations: models.QuerySet[Organisation], day: date) -> models.QuerySet[Organisation]:
    """The organisations with their names and roles of ``day`` and no other, for ``triangle_of``."""
    names = OrganisationName.objects.filter(period_on(day))
    roles = SteeringRole.objects.filter(period_on(day)).select_related("holder")
    roles = roles.prefetch_related(Prefetch("holder__names", names)).order_by("holder__name")
    return organisations.prefetch_related(Prefetch("names", names), Prefetch("steered_by", roles))


def steered_organisations(user: Any, day: date) -> models.QuerySet[Organisation]:
    """The organisations that ``user`` may see and that were steered by somebody on ``day``, for ``triangle_of``."""
    steered = SteeringRole.objects.filter(period_on(day)).values("contractor")
    return with_steering(Organisation.objects.visible_to(user).filter(pk__in=steered), day)


def triangle_of(organisation: Organisation, day: date) -> SteeringTriangle:
    """The triangle of an organisation that comes from ``with_steering`` for the same day."""

    def corner(role: SteeringRole) -> Corner:
        return Corner(role.holder, name_on(role.holder, day), role.valid_from, role.valid_until, role.known_on)

    roles = list(organisation.steered_by.all())
    owners = [corner(role) for role in roles if role.role == SteeringRole.Role.OWNER]
    commissioners = tuple(corner(role) for role in roles if role.role == SteeringRole.Role.COMMISSIONER)
    contractor = Corner(organisation, name_on(organisation, day))
    return SteeringTriangle(day, contractor, owners[0] if owners else None, commissioners)
