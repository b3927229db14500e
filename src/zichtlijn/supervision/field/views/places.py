"""Domains, regions and citizen groups: pages and forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.paging import open_page

from .. import actions
from ..forms.places import DomainFacts, GroupFacts, RegionFacts
from ..models import CitizenGroup, Domain, Organisation, Region
from .acting import FormPage, visible


def domain(request: HttpRequest, slug: str) -> HttpResponse:
    """A domain with its organisations and chains."""
    record = visible(Domain, request.user, slug=slug)
    organisations = Organisation.objects.visible_to(request.user).filter(domains=record)
    context = {
        "domain": record,
        "organisations": open_page(organisations, request.GET.get("page")),
        "chains": record.chains.all().visible_to(request.user),
    }
    return render(request, "field/domain.html", context)


def region(request: HttpRequest, pk: int) -> HttpResponse:
    """A region with its organisations."""
    record = visible(Region, request.user, pk=pk)
    organisations = Organisation.objects.visible_to(request.user).filter(region=record)
    context = {"region": record, "organisations": open_page(organisations, request.GET.get("page"))}
    return render(request, "field/region.html", context)


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """A citizen group."""
    return render(request, "field/group.html", {"group": visible(CitizenGroup, request.user, pk=pk)})


class AddDomain(FormPage):
    form_class = DomainFacts
    title = _("Add domain")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> Domain:
        return actions.register_domain(actor=self.request.user, **values)

    def done(self, result: Domain) -> Any:
        return _("The domain %(name)s is in the register.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("field:domain-list")


class EditDomain(FormPage):
    form_class = DomainFacts
    title = _("Edit domain")
    submit = _("Save")

    def subject(self) -> Domain:
        found: Domain = visible(Domain, self.request.user, slug=self.kwargs["slug"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> Domain:
        return actions.edit_domain(actor=self.request.user, domain=self.record, **values)

    def done(self, result: Domain) -> Any:
        return _("The domain %(name)s was changed.") % {"name": result}


class AddRegion(FormPage):
    form_class = RegionFacts
    title = _("Add region")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> Region:
        return actions.register_region(actor=self.request.user, **values)

    def done(self, result: Region) -> Any:
        return _("The region %(name)s is in the register.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("field:region-list")


class EditRegion(FormPage):
    form_class = RegionFacts
    title = _("Edit region")
    submit = _("Save")

    def subject(self) -> Region:
        found: Region = visible(Region, self.request.user, pk=self.kwargs["pk"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> Region:
        return actions.edit_region(actor=self.request.user, region=self.record, **values)

    def done(self, result: Region) -> Any:
        return _("The region %(name)s was changed.") % {"name": result}


class AddGroup(FormPage):
    form_class = GroupFacts
    title = _("Add citizen group")
    submit = _("Add")

    def act(self, values: dict[str, Any]) -> CitizenGroup:
        return actions.register_group(actor=self.request.user, **values)

    def done(self, result: CitizenGroup) -> Any:
        return _("The group %(name)s is in the register.") % {"name": result}

    def cancel_url(self) -> str:
        return reverse("field:group-list")


class EditGroup(FormPage):
    form_class = GroupFacts
    title = _("Edit citizen group")
    submit = _("Save")

    def subject(self) -> CitizenGroup:
        found: CitizenGroup = visible(CitizenGroup, self.request.user, pk=self.kwargs["pk"])
        return found

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.record}

    def act(self, values: dict[str, Any]) -> CitizenGroup:
        return actions.edit_group(actor=self.request.user, group=self.record, **values)

    def done(self, result: CitizenGroup) -> Any:
        return _("The group %(name)s was changed.") % {"name": result}
