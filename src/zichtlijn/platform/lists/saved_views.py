"""The pages of saved filters: what you keep, and keeping, renaming and deleting it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zichtlijn.platform.design.feedback import tell

from . import actions
from .models import SavedFilter
from .tables import TABLES

SALT = "lists.deleted_filter"


@require_GET
def saved_list(request: HttpRequest) -> HttpResponse:
    """Your saved filters, per list."""
    saved = SavedFilter.objects.visible_to(request.user)
    entries = [(TABLES[each.list_name].label if each.list_name in TABLES else each.list_name, each) for each in saved]
    return render(request, "lists/saved.html", {"entries": entries})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the selection of the list one comes from."""
    path = _list_path(request.POST.get("path", ""))
    query = _kept_query(request.POST.get("query", ""))
    try:
        saved = actions.save_filter(
            actor=request.user,
            list_name=request.POST.get("list", ""),
            name=request.POST.get("name", ""),
            path=path,
            query=query,
        )
    except ValidationError as error:
        _explain(request, error)
        return redirect(f"{path}?{query}" if query else path)
    messages.success(request, _("The filter “%(name)s” is saved.") % {"name": saved.name})
    return redirect(saved.get_absolute_url())


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a saved filter another name."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    try:
        actions.rename_filter(actor=request.user, saved=saved, name=request.POST.get("name", ""))
        messages.success(request, _("The filter is now called “%(name)s”.") % {"name": saved.name})
    except ValidationError as error:
        _explain(request, error)
    return redirect("lists:saved")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a saved filter away; one step back puts it back."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    kept = {"list_name": saved.list_name, "name": saved.name, "path": saved.path, "query": saved.query}
    actions.delete_filter(actor=request.user, saved=saved)
    token = signing.dumps({**kept, "owner": request.user.pk}, salt=SALT, compress=True)
    text = _("The filter “%(name)s” is deleted.") % {"name": kept["name"]}
    tell(request, text, undo_url=reverse("lists:restore") + "?" + urlencode({"filter": token}))
    return redirect("lists:saved")


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Put a filter back that was just deleted."""
    try:
        kept = signing.loads(request.GET.get("filter", ""), salt=SALT, max_age=3600)
        owner = kept.pop("owner")
    except signing.BadSignature:
        owner = None
    if owner != request.user.pk:
        messages.error(request, _("This filter can no longer be put back."))
        return redirect("lists:saved")
    try:
        actions.save_filter(actor=request.user, **kept)
        messages.success(request, _("The filter “%(name)s” is back.") % {"name": kept["name"]})
    except ValidationError as error:
        _explain(request, error)
    return redirect("lists:saved")


def _list_path(asked: str) -> str:
    """A path of this site; anything else becomes the page of saved filters."""
    try:
        resolve(asked)
    except Resolver404:
        return reverse("lists:saved")
    return asked


def _kept_query(asked: str) -> str:
    query = QueryDict(asked[:4000], mutable=True)
    for name in ("page", "format"):
        query.pop(name, None)
    return query.urlencode()


def _explain(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
