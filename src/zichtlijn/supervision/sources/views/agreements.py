"""What a dataset is held against: bringing it in, looking at it, downloading it, removing it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.storing import FileIsGoneError

from .. import actions
from ..agreement_forms import FORMS, AgreementForm
from ..agreement_page import agreement_context
from ..dashboard_page import AGREEMENTS, address_of
from ..dataset_agreements import may_download, take_in_agreement
from ..dataset_messages import as_validation_error, out_of_store
from ..models import Agreement, Dataset
from .datasets import INSUFFICIENT_STORAGE, dataset_of, guarded

CHANGE = "sources.change_dataset"
TEMPLATE = "sources/agreement_add.html"


@csrf_exempt  # the size is looked at before the body is read; the form itself is protected in ``guarded``
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form for an agreed chain or for stated figures."""
    dataset = dataset_of(request, pk, CHANGE)
    form = FORMS.get(kind)
    if form is None:
        raise Http404
    context = {"dataset": dataset, "kind": form.kind}
    return guarded(request, form(dataset=dataset), lambda asked: _add(asked, dataset, form), TEMPLATE, context)


def _add(request: HttpRequest, dataset: Dataset, form_class: type[AgreementForm]) -> HttpResponse:
    form = form_class(request.POST, request.FILES, dataset=dataset)
    status = 400
    if form.is_valid():
        try:
            agreement = _take_in(request, dataset, form)
        except LogError as error:
            form.add_error("file", as_validation_error(error))
        except ValidationError as error:
            form.add_error("file", ValidationError(error.messages))
        except OSError as error:
            form.add_error("file", out_of_store(error))
            status = INSUFFICIENT_STORAGE
        else:
            undo = reverse("sources:agreement-withdraw", args=[agreement.pk])
            tell(request, _("“%(title)s” was added to the dataset.") % {"title": agreement.title}, undo_url=undo)
            return redirect(address_of(dataset, AGREEMENTS) if dataset.has_figures else dataset.get_absolute_url())
    return render(request, TEMPLATE, {"dataset": dataset, "kind": form.kind, "form": form}, status=status)


def _take_in(request: HttpRequest, dataset: Dataset, form: AgreementForm) -> Agreement:
    values = form.cleaned_data
    return take_in_agreement(
        actor=request.user,
        dataset=dataset,
        kind=form.kind,
        upload=values["file"],
        filename=values["file"].name,
        source=values["source"],
        submission=values["submission"],
    )


def agreement_of(request: HttpRequest, pk: int, permission: str = "") -> Agreement:
    """An agreement that the user may see. Raises Http404, and PermissionDenied without ``permission``."""
    seen = Agreement.objects.visible_to(request.user).select_related("dataset__chain", "file", "added_by")
    agreement: Agreement = get_object_or_404(seen, pk=pk)
    if permission and not request.user.has_perm(permission, agreement.dataset):
        raise PermissionDenied
    return agreement


@require_GET
def agreement_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What an agreement says, who added it, and what was made with it."""
    return render(request, "sources/agreement.html", agreement_context(agreement_of(request, pk), request.user))


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse | HttpResponseRedirect:
    """The file as it came in."""
    agreement = agreement_of(request, pk)
    if not may_download(agreement, agreement.dataset, request.user):
        raise PermissionDenied
    try:
        return download_response(agreement.file, agreement.filename)
    except FileIsGoneError:
        gone = _("This file is no longer in the store; with “zichtlijn verify” the administrator sees what is missing.")
        tell(request, gone, "negative")
        return redirect(agreement.get_absolute_url())


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it from the dataset."""
    agreement = agreement_of(request, pk, CHANGE)
    actions.withdraw_agreement(actor=request.user, dataset=agreement.dataset, agreement=agreement)
    undo = reverse("sources:agreement-restore", args=[agreement.pk])
    tell(request, _("“%(title)s” was removed from the dataset.") % {"title": agreement.title}, undo_url=undo)
    return redirect(agreement.dataset)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back with the dataset."""
    agreement = agreement_of(request, pk, CHANGE)
    told: dict[str, Any] = {"title": agreement.title}
    try:
        actions.restore_agreement(actor=request.user, dataset=agreement.dataset, agreement=agreement)
    except ValidationError as error:
        tell(request, " ".join(error.messages), "negative")
    else:
        tell(request, _("“%(title)s” is with the dataset again.") % told)
    return redirect(agreement.dataset)
