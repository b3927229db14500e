"""The whole history of one object, and the record of everything for the administrator."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import permission_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import open_record
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
    try:
        if hasattr(manager, "visible_to"):
            found: models.Model = open_record(request.user, model, kind=ReadingKind.HISTORY, pk=pk)
            return found
        if label == "accounts.user" and request.user.has_perm("accounts.see_events"):
            person: models.Model = get_object_or_404(model, pk=pk)
            return person
    except (ValueError, TypeError):
        pass
    raise Http404
