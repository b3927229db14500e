"""What the administrator sees of restricted files: that they are there and whose, and nothing of what they say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zichtlijn.platform.design.paging import open_page

from . import actions
from .forms import OwnerForm
from .models import Access, FileAccess
from .registry import casefile_models
from .views import PER_PAGE, add_errors, casefile_model


@require_GET
@permission_required("casefiles.see_files", raise_exception=True)
def file_list(request: HttpRequest) -> HttpResponse:
    """The restricted files of one kind, newest first: reference, owners and number of people."""
    models = casefile_models()
    wanted = request.GET.get("kind", "")
    model: Any = next((each for each in models if each._meta.label_lower == wanted), models[0])
    files = model._base_manager.filter(access=Access.RESTRICTED).order_by("-pk")
    page = open_page(files, request.GET.get("page"), PER_PAGE)
    keys = [file.file_key for file in page]
    context = {
        "page": page,
        "rows": _rows(page.rows, keys),
        "label": model._meta.label_lower,
        "kinds": [
            (capfirst(str(each._meta.verbose_name_plural)), _address(each._meta.label_lower, first=each is models[0]))
            for each in models
        ],
    }
    return render(request, "casefiles/file_list.html", context)


def _address(label: str, *, first: bool) -> str:
    address = reverse("casefiles:file-list")
    return address if first else f"{address}?kind={label}"


def _rows(files: Any, keys: list[Any]) -> list[dict[str, Any]]:
    held = FileAccess.objects.holding().filter(file_key__in=keys)
    numbers = dict(held.values_list("file_key").annotate(number=Count("user")))
    owners: dict[Any, list[Any]] = {}
    for access in held.filter(is_owner=True).select_related("user"):
        owners.setdefault(access.file_key, []).append(access.user)
    return [
        {"file": file, "people": numbers.get(file.file_key, 0), "owners": owners.get(file.file_key, [])}
        for file in files
    ]


@require_http_methods(["GET", "POST"])
@permission_required("casefiles.replace_owner", raise_exception=True)
def replace_owner(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Another owner for a restricted file whose owner is gone."""
    file = get_object_or_404(casefile_model(label)._base_manager, pk=pk, access=Access.RESTRICTED)
    form = OwnerForm(request.POST if request.method == "POST" else None, file=file)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_owner(actor=request.user, file=file, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The file has another owner."))
            return redirect("casefiles:file-list")
    context = {"form": form, "file": file, "label": label, "title": _("Replace the owner")}
    return render(request, "casefiles/form.html", context, status=422 if form.errors else 200)
