"""The whole history of one object, and the record of everything for the administrator."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import permission_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zichtlijn.platform.design.paging import open_page

from .models import Event, Seal
from .wording import entries

PER_PAGE = 50


def history(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """Everything that happened to one object. 404 when the user may not see the object."""
    record = _visible_object(request, label, pk)
    page = open_page(Event.objects.about(record), request.GET.get("page"), PER_PAGE)
    return render(request, "events/history.html", {"record": record, "page": page, "entries": entries(page.rows)})


@permission_required("accounts.see_events", raise_exception=True)
def event_list(request: HttpRequest) -> HttpResponse:
    """Everything that happened to anything, newest first."""
    page = open_page(Event.objects.order_by("-id"), request.GET.get("page"), PER_PAGE)
    context = {"page": page, "entries": entries(page.rows, with_object=True), "seal": Seal.objects.last()}
    return render(request, "events/event_list.html", context)


def _visible_object(request: HttpRequest, label: str, pk: str) -> models.Model:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    manager: Any = model._default_manager
    if hasattr(manager, "visible_to"):
        scoped = manager.visible_to(request.user)
    elif label == "accounts.user" and request.user.has_perm("accounts.see_events"):
        scoped = manager.all()
    else:
        raise Http404
    try:
        found: models.Model | None = scoped.filter(pk=pk).first()
    except (ValueError, TypeError):
        found = None
    if found is None:
        raise Http404
    return found
