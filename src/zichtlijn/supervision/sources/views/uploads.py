"""Uploading a document, and what came of the import."""

from __future__ import annotations

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from zichtlijn.analysis.documents.reading_refusals import refusal
from zichtlijn.platform.design.tables import Column

from ..forms import MEBIBYTE, UploadForm
from ..messages import as_validation_error
from ..models import ImportRun
from ..queries import found_by_type
from ..uploading import SizeGuard, drain, enqueue_import, is_too_large, largest_request

REQUEST_TOO_LARGE = 413
INSUFFICIENT_STORAGE = 507
logger = logging.getLogger(__name__)
COLUMNS = [
    Column(_("Type")),
    Column(_("Found"), numeric=True),
    Column(_("To decide"), numeric=True),
    Column(_("Confidence"), numeric=True),
]


@csrf_exempt  # the size is looked at before the body is read; the form itself is protected below
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; an upload above the limit is refused before it is read."""
    if not request.user.has_perm("sources.import_document"):
        raise PermissionDenied
    if request.method == "POST" and is_too_large(request):
        drain(request)
        return _too_large(request)
    request.upload_handlers.insert(0, SizeGuard(request))
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(user=request.user)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, user=request.user)
        if form.is_valid():
            try:
                return redirect(enqueue_import(actor=request.user, form=form))
            except OSError as error:  # a full disk, a store that cannot be written
                reason = error.strerror or str(error)
                message = _("The file could not be kept: %(reason)s. Nothing was imported.")
                form.add_error("file", ValidationError(message, params={"reason": reason}))
                logger.exception("an upload could not be kept")
                return render(request, "sources/upload.html", {"form": form}, status=INSUFFICIENT_STORAGE)
    return render(request, "sources/upload.html", {"form": form}, status=400 if form.errors else 200)


def _too_large(request: HttpRequest) -> HttpResponse:
    size = -(-int(request.META.get("CONTENT_LENGTH") or 0) // MEBIBYTE)
    limit = (largest_request() - MEBIBYTE) // MEBIBYTE
    form = UploadForm({}, user=request.user)
    form.errors.clear()
    form.add_error("file", as_validation_error(refusal("too-large", name="", size=size, limit=limit)))
    return render(request, "sources/upload.html", {"form": form}, status=REQUEST_TOO_LARGE)


@require_GET
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import found, per type with how sure it is, and what to do next."""
    runs = ImportRun.objects.visible_to(request.user).select_related("document", "actor")
    run = get_object_or_404(runs.defer("document__text", "document__page_map"), pk=pk)
    found = found_by_type(run)
    context = {
        "run": run,
        "document": run.document,
        "found": found,
        "total": sum(one.number for one in found),
        "columns": COLUMNS,
        "warnings": [gettext(warning) for warning in run.warnings],
        "percent": round((run.accept_above or 0) * 100),
        "facts": [(_("Imported by"), run.actor or _("the system")), (_("File"), run.document.filename)],
    }
    return render(request, "sources/run.html", context)
