"""What the lists and pages of the field show, within what the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Chain, CitizenGroup, Domain, HandOver, Organisation, Region, SteeringRole

Rows = models.QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Register:
    """One of the registers of the field, with how many records the user may see in it."""

    name: Any
    text: Any
    url: str
    count: int


def registers(user: Any) -> list[Register]:
    """The registers of the field in the order in which one meets them."""
    described = (
        (_("Organisations"), _("Who is supervised, who steers, who works along."), "organisation-list", Organisation),
        (_("Chains and networks"), _("Who hands over what to whom."), "chain-list", Chain),
        (_("Steering triangle"), _("Who is owner and commissioner of whom, day by day."), "steering", SteeringRole),
        (_("Citizen groups"), _("People whom the work touches."), "group-list", CitizenGroup),
        (_("Regions"), _("Areas in which organisations work."), "region-list", Region),
        (_("Domains"), _("The parts into which the field is divided."), "domain-list", Domain),
    )
    return [
        Register(name, text, reverse(f"field:{url_name}"), _count(model, user))
        for name, text, url_name, model in described
    ]


def _count(model: Any, user: Any) -> int:
    return int(model.objects.visible_to(user).count())


def organisations_for(user: Any) -> Rows:
    """The rows of the list of organisations."""
    rows = Organisation.objects.visible_to(user).select_related("region", "part_of")
    return rows.prefetch_related("domains", "chains")


def chains_for(user: Any) -> Rows:
    """The rows of the list of chains, their members in order."""
    members: Rows = Organisation.objects.visible_to(user).order_by("memberships__order")
    in_order: Any = models.Prefetch("organisations", members)
    return Chain.objects.visible_to(user).prefetch_related("domains", in_order)


def groups_for(user: Any) -> Rows:
    """The rows of the list of citizen groups."""
    return CitizenGroup.objects.visible_to(user)


def regions_for(user: Any) -> Rows:
    """The rows of the list of regions."""
    organisations: Any = models.Prefetch("organisations", Organisation.objects.visible_to(user))
    return Region.objects.visible_to(user).prefetch_related(organisations)


def domains_for(user: Any) -> Rows:
    """The rows of the list of domains."""
    return Domain.objects.visible_to(user)


def organisation_page(user: Any, pk: int) -> Organisation | None:
    """An organisation with all that its page shows, None when the user may not see it."""
    hand_overs = HandOver.objects.select_related("chain", "giver", "receiver").order_by("chain__name", "order")
    shown: list[Any] = [
        "names",
        "domains",
        "memberships__chain",
        models.Prefetch("parts", Organisation.objects.visible_to(user)),
        models.Prefetch("steered_by", SteeringRole.objects.select_related("holder")),
        models.Prefetch("steering_roles", SteeringRole.objects.select_related("contractor")),
        models.Prefetch("hand_overs_given", hand_overs),
        models.Prefetch("hand_overs_received", hand_overs),
    ]
    found = Organisation.objects.visible_to(user).filter(pk=pk).select_related("region", "part_of")
    return found.prefetch_related(*shown).first()
