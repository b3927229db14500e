"""A decided version as it was, and two versions side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zichtlijn.platform.design.timeline import Change

from ..comparing import Difference, compare_versions
from ..models import ProgrammeVersion
from ..presenting import changes_of, frozen_context
from ..versions import has_recorded_digest
from .programmes import visible_programme


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The frozen text, read from the version alone, with what its digest says about it."""
    programme = visible_programme(request, slug)
    found = ProgrammeVersion.objects.visible_to(request.user).select_related("amendment")
    shown = get_object_or_404(found, programme=programme, number=number)
    context = {
        "programme": programme,
        "version": shown,
        "is_intact": shown.is_intact,
        "is_recorded": has_recorded_digest(shown),
        "compare_url": f"{reverse('programme:compare', args=[slug])}?from={number - 1}&to={number}",
        **_frozen_context(shown),
    }
    return render(request, "programme/version.html", context)


def _frozen_context(version: ProgrammeVersion) -> dict[str, Any]:
    try:
        return frozen_context(version.frozen)
    except (ValueError, KeyError, TypeError):
        # Someone changed the stored text: say so on the page instead of failing.
        return {"frozen": None}


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions of one programme (``?from=1&to=2``; without them the last two)."""
    programme = visible_programme(request, slug)
    versions = list(ProgrammeVersion.objects.visible_to(request.user).filter(programme=programme).order_by("number"))
    context: dict[str, Any] = {"programme": programme, "versions": versions}
    if len(versions) > 1:
        old = _chosen(request, "from", versions, versions[-2])
        new = _chosen(request, "to", versions, versions[-1])
        context |= {"old": old, "new": new, **_compared(old, new)}
    return render(request, "programme/compare.html", context)


def _chosen(
    request: HttpRequest, name: str, versions: list[ProgrammeVersion], otherwise: ProgrammeVersion
) -> ProgrammeVersion:
    wanted = request.GET.get(name)
    if wanted is None:
        return otherwise
    for item in versions:
        if str(item.number) == wanted:
            return item
    raise Http404


def _compared(old: ProgrammeVersion, new: ProgrammeVersion) -> dict[str, Any]:
    if not (old.is_intact and new.is_intact):
        return {"damaged": True}
    found = compare_versions(old.frozen, new.frozen)
    return {
        "is_same": not found,
        "programme_changes": changes_of(found.programme),
        "totals": changes_of(found.totals),
        "parts": [
            _part("activities", _("Activities"), found.activities),
            _part("goals", _("Goals"), found.goals),
            _part("figures", _("Figures"), found.figures),
        ],
    }


def _part(name: str, label: str, difference: Difference) -> dict[str, Any]:
    changed: list[tuple[str, list[Change]]] = [
        (_title(item.after), changes_of(item.fields)) for item in difference.changed
    ]
    return {
        "name": name,
        "label": label,
        "added": [_title(item) for item in difference.added],
        "dropped": [_title(item) for item in difference.dropped],
        "changed": changed,
        "any": bool(difference),
    }


def _title(item: dict[str, Any]) -> str:
    name = item.get("title") or item.get("subject", "")
    return f"{item['code']} {name}" if item.get("code") else str(name)
