"""The list of datasets, a dataset, and bringing one in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.storing import FileIsGoneError
from zichtlijn.platform.files.unused import let_go
from zichtlijn.platform.lists.views import ListView

from .. import actions
from ..choosing import add_pseudonymised
from ..dataset_forms import MEBIBYTE, AddedFileForm, DatasetDetailsForm, DatasetUploadForm
from ..dataset_page import page_of
from ..dataset_queries import datasets_for
from ..dataset_uploading import keep_upload, require_unknown
from ..forms import ReasonForm
from ..models import Dataset
from ..tables import DATASETS
from ..uploading import SizeGuard, drain, is_too_large, largest_request

REQUEST_TOO_LARGE = 413
INSUFFICIENT_STORAGE = 507
logger = logging.getLogger(__name__)


class DatasetList(ListView):
    """All datasets, with the ways to kept figures and meanings, and to our own record."""

    template_name = "sources/dataset_list.html"


def _beside_the_list(request: HttpRequest) -> dict[str, Any]:
    return {"may_add": request.user.has_perm("sources.add_dataset")}


dataset_list = DatasetList.as_view(table=DATASETS, rows=datasets_for, context=_beside_the_list)


def dataset_of(request: HttpRequest, pk: int, permission: str = "") -> Dataset:
    """A dataset that the user may see. Raises Http404, and PermissionDenied without ``permission``."""
    found = Dataset.objects.visible_to(request.user).select_related("chain", "file", "job", "added_by")
    dataset: Dataset = get_object_or_404(found, pk=pk)
    if permission and not request.user.has_perm(permission, dataset):
        raise PermissionDenied
    return dataset


@require_GET
def dataset_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about a dataset, how far it is, and what can be done with it."""
    dataset = dataset_of(request, pk)
    return render(request, "sources/dataset.html", page_of(dataset, request.user))


@csrf_exempt  # the size is looked at before the body is read; the form itself is protected below
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form for a new dataset; an upload above the limit is refused before it is read."""
    if not request.user.has_perm("sources.add_dataset"):
        raise PermissionDenied
    empty = DatasetUploadForm(user=request.user)
    return guarded(request, empty, _upload, "sources/dataset_upload.html", {})


@csrf_exempt  # as above
@require_http_methods(["GET", "POST"])
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a later file of the same registration."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    empty = AddedFileForm(dataset=dataset)
    context = {"dataset": dataset}
    return guarded(request, empty, lambda asked: _add_file(asked, dataset), "sources/dataset_add_file.html", context)


def guarded(
    request: HttpRequest, empty: Any, answer: Callable[..., HttpResponse], template: str, context: dict[str, Any]
) -> HttpResponse:
    """A form with a file; an upload above the limit is refused before it is read."""
    if request.method == "POST" and is_too_large(request):
        drain(request)
        form = type(empty)({}, **({"dataset": context["dataset"]} if context else {"user": request.user}))
        form.errors.clear()
        form.add_error("file", _too_large(request))
        return render(request, template, {**context, "form": form}, status=REQUEST_TOO_LARGE)
    if request.method == "GET":
        return render(request, template, {**context, "form": empty})
    request.upload_handlers.insert(0, SizeGuard(request))
    return csrf_protect(answer)(request)


def _too_large(request: HttpRequest) -> ValidationError:
    size = -(-int(request.META.get("CONTENT_LENGTH") or 0) // MEBIBYTE)
    limit = (largest_request() - MEBIBYTE) // MEBIBYTE
    message = _("The file is %(size)s MB; at most %(limit)s MB can be read here.")
    return ValidationError(message, params={"size": size, "limit": limit})


def _upload(request: HttpRequest) -> HttpResponse:
    form = DatasetUploadForm(request.POST, request.FILES, user=request.user)
    status = 400
    if form.is_valid():
        try:
            return redirect(_take_in(request, form.cleaned_data))
        except ValidationError as error:
            form.add_error("file", error)
        except OSError as error:  # a full disk, a store that cannot be written
            form.add_error("file", _not_kept(error))
            status = INSUFFICIENT_STORAGE
    return render(request, "sources/dataset_upload.html", {"form": form}, status=status)


def _take_in(request: HttpRequest, values: dict[str, Any]) -> Any:
    known = Dataset.objects.filter(submission=values["submission"]).first() if values["submission"] else None
    if known is not None:  # the button was pressed twice
        return known.job or known
    stored = keep_upload(values["file"], filename=values["file"].name)
    try:
        if not values["again"]:
            require_unknown(stored, request.user)
        dataset = actions.add_dataset(
            actor=request.user,
            values=values,
            file=stored,
            filename=values["file"].name,
            submission=values["submission"],
        )
    except ValidationError:
        let_go([stored.pk])
        raise
    return dataset.job


def _not_kept(error: OSError) -> ValidationError:
    logger.exception("an upload could not be kept")
    message = _("The file could not be kept: %(reason)s. Nothing was imported.")
    return ValidationError(message, params={"reason": error.strerror or str(error)})


def _add_file(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    form = AddedFileForm(request.POST, request.FILES, dataset=dataset)
    status = 400
    if form.is_valid():
        try:
            return redirect(_take_in_later(request, dataset, form.cleaned_data))
        except ValidationError as error:
            form.add_error("file", error)
        except OSError as error:
            form.add_error("file", _not_kept(error))
            status = INSUFFICIENT_STORAGE
    return render(request, "sources/dataset_add_file.html", {"dataset": dataset, "form": form}, status=status)


def _take_in_later(request: HttpRequest, dataset: Dataset, values: dict[str, Any]) -> Any:
    file = values["file"]
    about = {"actor": request.user, "dataset": dataset, "filename": file.name, "cut_off": values.get("cut_off")}
    if dataset.is_pseudonymised:
        return add_pseudonymised(upload=file, key=values["key"], **about).job
    stored = keep_upload(file, filename=file.name)
    try:
        return actions.add_file(file=stored, **about).job
    except ValidationError:
        let_go([stored.pk])
        raise


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about a dataset beside its contents."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    form = DatasetDetailsForm(request.POST or None, instance=dataset, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_dataset(actor=request.user, dataset=dataset, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, _("The dataset was changed."))
            return redirect(dataset)
    status = 400 if form.errors else 200
    return render(request, "sources/dataset_edit.html", {"dataset": dataset, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dataset back, with a reason."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_dataset(actor=request.user, dataset=dataset, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            undo = reverse("sources:dataset-restore", args=[dataset.pk])
            tell(request, _("The dataset was taken back."), undo_url=undo)
            return redirect(dataset)
    context = {"dataset": dataset, "form": form}
    return render(request, "sources/dataset_withdraw.html", context, status=400 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a withdrawn dataset back."""
    return _after(request, pk, actions.restore_dataset, _("The dataset is back."))


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the file read, for the first time or again."""
    return _after(request, pk, actions.read_dataset, "")


@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the work done again of which the worker is gone."""
    return _after(request, pk, actions.restart_dataset, "")


def _after(request: HttpRequest, pk: int, act: Callable[..., Dataset], told: str) -> HttpResponse:
    """Do it and go to the job that it started, or else back to the dataset."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    try:
        dataset = act(actor=request.user, dataset=dataset)
    except ValidationError as error:
        tell(request, " ".join(error.messages), "negative")
        return redirect(dataset)
    if told:
        tell(request, told)
        return redirect(dataset)
    return redirect(dataset.job or dataset)


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse | HttpResponseRedirect:
    """The file as it came in, for who may see cases."""
    dataset = dataset_of(request, pk, "sources.view_cases")
    if dataset.file is None:
        raise Http404
    try:
        return download_response(dataset.file, dataset.filename)
    except FileIsGoneError:
        gone = _("This file is no longer in the store; with “zichtlijn verify” the administrator sees what is missing.")
        tell(request, gone, "negative")
        return redirect(dataset.get_absolute_url())


@require_http_methods(["GET", "POST"])
def own_record(request: HttpRequest) -> HttpResponse:
    """Our own lead times: the record of events, as far as the user may see it, as a dataset."""
    if not request.user.has_perm("sources.add_dataset"):
        raise PermissionDenied
    if request.method == "POST":
        try:
            dataset = actions.open_own_record(actor=request.user)
        except ValidationError as error:
            tell(request, " ".join(error.messages), "negative")
            return redirect("sources:dataset-list")
        return redirect(dataset.job or dataset)
    context = {
        "title": _("Our own lead times"),
        "text": _(
            "The record of what was done in this register, as far as you may see it, is made into a dataset: the "
            "record is the case, the action the activity, the role of who acted the organisation. No names of people "
            "are taken along, and only you see the dataset."
        ),
        "action": reverse("sources:own-record"),
        "confirm_label": _("Make the dataset"),
        "look": "primary",
        "cancel_url": reverse("sources:dataset-list"),
    }
    return render(request, "design/confirm.html", context)
