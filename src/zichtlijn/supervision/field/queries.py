"""What a user can ask of the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from .models import Chain, CitizenGroup, Domain, Organisation, OrganisationName, SteeringRole
from .periods import period_on
from .recognition import NameIndex


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
    chosen = Organisation.objects.filter(pk=organisation.pk)
    return steering_triangles(chosen, day)[0]


def steering_triangles(organisations: Any, day: date) -> list[SteeringTriangle]:
    """The triangles of a queryset (or a slice) of organisations, in its order and in a fixed number of queries."""
    names = OrganisationName.objects.filter(period_on(day))
    roles = SteeringRole.objects.filter(period_on(day)).select_related("holder")
    roles = roles.prefetch_related(Prefetch("holder__names", names)).order_by("holder__name")
    rows = organisations.prefetch_related(Prefetch("names", names), Prefetch("steered_by", roles))
    return [_triangle(row, day) for row in rows]


def _triangle(organisation: Organisation, day: date) -> SteeringTriangle:
    def corner(role: SteeringRole) -> Corner:
        return Corner(role.holder, name_on(role.holder, day), role.valid_from, role.valid_until, role.known_on)

    roles = list(organisation.steered_by.all())
    owners = [corner(role) for role in roles if role.role == SteeringRole.Role.OWNER]
    commissioners = tuple(corner(role) for role in roles if role.role == SteeringRole.Role.COMMISSIONER)
    contractor = Corner(organisation, name_on(organisation, day))
    return SteeringTriangle(day, contractor, owners[0] if owners else None, commissioners)


def organisation_index(day: date | None = None) -> NameIndex[Organisation]:
    """All ways to write the organisations. Make it once for many look-ups.

    Names of ``day`` (today) and identifiers count before other spellings, and these before names of other days.
    """
    when = day or localdate()
    index: NameIndex[Organisation] = NameIndex()
    for organisation in Organisation.objects.standing().prefetch_related("names"):
        put = partial(index.put, organisation)
        put([organisation.tooi_id])
        put(organisation.other_spellings.splitlines(), tier=1)
        for name in organisation.names.all():
            put([name.name, name.abbreviation], tier=0 if name.holds_on(when) else 2)
    return index


def find_organisation(name_or_abbreviation: str, day: date | None = None) -> Organisation | None:
    """The organisation that is written so (name, abbreviation, former name, other spelling or TOOI identifier).

    None when there is none, or when it could be more than one.
    """
    return organisation_index(day).find(name_or_abbreviation)


def chain_index() -> NameIndex[Chain]:
    """All ways to write the chains and networks."""
    return _spelled(Chain.objects.all())


def find_chain(name: str) -> Chain | None:
    """The chain or network that is written so; None when there is none or more than one."""
    return chain_index().find(name)


def find_group(name: str) -> CitizenGroup | None:
    """The citizen group that is written so; None when there is none or more than one."""
    groups: NameIndex[CitizenGroup] = _spelled(CitizenGroup.objects.all())
    return groups.find(name)


def find_domain(name: str) -> Domain | None:
    """The domain with this name or short name; None when there is none."""
    index: NameIndex[Domain] = NameIndex()
    for domain in Domain.objects.all():
        index.put(domain, [domain.name, domain.slug])
    return index.find(name)


def _spelled(records: Iterable[Any]) -> NameIndex[Any]:
    index: NameIndex[Any] = NameIndex()
    for record in records:
        index.put(record, [record.name, getattr(record, "abbreviation", "")])
        index.put(record, record.other_spellings.splitlines(), tier=1)
    return index
