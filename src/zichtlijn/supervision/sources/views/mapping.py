"""What the columns of a dataset mean, and the load report that follows from it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.lists.views import ListView
from zichtlijn.platform.numbers import whole_number

from .. import actions
from ..added_files import added_files
from ..choosing import accept_report, choose_mapping
from ..dataset_columns import columns_of, raw_with_cases, sample_of
from ..dataset_forms import AcceptForm
from ..dataset_messages import as_validation_error, out_of_store
from ..dataset_queries import saved_mappings_for
from ..mapping_form import MappingForm, MappingNameForm, SavedMappingChoice
from ..models import Dataset, SavedMapping
from ..report_page import report_on_page
from ..tables import SAVED_MAPPINGS
from ..transitions import DATASET
from .datasets import dataset_of

saved_mapping_list = ListView.as_view(table=SAVED_MAPPINGS, rows=saved_mappings_for)


def _dataset_with_raw(request: HttpRequest, pk: int) -> Dataset | None:
    """The dataset when its columns can be chosen now; None, with a message, when they cannot."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    if "map" in DATASET.allowed(dataset.state) and dataset.raw_folder:
        return dataset
    tell(request, _("The columns of this dataset cannot be chosen now."), "warning")
    return None


@require_http_methods(["GET", "POST"])
def mapping_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Each role with the columns it could be and why, beside the first events of the log."""
    dataset = _dataset_with_raw(request, pk)
    if dataset is None:
        return redirect("sources:dataset", pk=pk)
    try:
        start = _start(request, dataset)
        raw, proposed = raw_with_cases(dataset, request.POST.get("object_type") or (start or {}).get("object_type"))
    except LogError as error:
        tell(request, " ".join(as_validation_error(error).messages), "negative")
        return redirect(dataset)
    data = request.POST if request.method == "POST" else None
    form = MappingForm(data, raw=raw, proposed=proposed, chosen=start)
    if request.method == "POST" and not form.has_to_be_shown_again and form.is_valid():
        answer = _choose(request, dataset, form)
        if answer is not None:
            return answer
    return render(request, "sources/dataset_mapping.html", _context(request, dataset, form, raw), status=_status(form))


def _start(request: HttpRequest, dataset: Dataset) -> dict[str, Any] | None:
    """What a person chose before, for this dataset or, when asked, under a name."""
    key = whole_number(request.GET.get("saved"))
    saved = SavedMapping.objects.visible_to(request.user).filter(pk=key).first() if key else None
    return saved.mapping if saved is not None else dataset.mapping or None


def _choose(request: HttpRequest, dataset: Dataset, form: MappingForm) -> HttpResponse | None:
    try:
        choose_mapping(actor=request.user, dataset=dataset, mapping=form.cleaned_data["mapping"])
    except LogError as error:
        form.add_error(None, as_validation_error(error))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return redirect("sources:dataset-report", pk=dataset.pk)
    return None


def _context(request: HttpRequest, dataset: Dataset, form: MappingForm, raw: Any) -> dict[str, Any]:
    again = form.has_to_be_shown_again
    if again:
        form = form.shown_again()
    chosen = [form.columns[key] for key in form.chosen_keys() if key in form.columns]
    choice = SavedMappingChoice(user=request.user)
    return {
        "dataset": dataset,
        "form": form,
        "sample": sample_of(raw, chosen),
        "columns": len(columns_of(raw)),
        "again": again,
        "choice": choice if choice.has_any else None,
    }


def _status(form: MappingForm) -> int:
    return 400 if form.is_bound and not form.has_to_be_shown_again and form.errors else 200


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, kept and dropped, and accepting it."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    if not dataset.report:
        tell(request, _("There is no load report yet: first choose what the columns mean."), "warning")
        return redirect(dataset)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _accept(request, dataset, form)
        if answer is not None:
            return answer
    context = {
        "dataset": dataset,
        "form": form,
        "name_form": MappingNameForm(),
        "may_accept": "prepare" in DATASET.allowed(dataset.state),
        "may_map": "map" in DATASET.allowed(dataset.state) and bool(dataset.raw_folder),
        "report": report_on_page(dataset),
        "additions": added_files(dataset, request.user),
    }
    return render(request, "sources/dataset_report.html", context, status=400 if form.errors else 200)


def _accept(request: HttpRequest, dataset: Dataset, form: AcceptForm) -> HttpResponse | None:
    values = form.cleaned_data
    try:
        key = values["key"] if values["pseudonymise"] else ""
        dataset = accept_report(actor=request.user, dataset=dataset, key=key)
    except LogError as error:
        form.add_error(None, as_validation_error(error))
    except OSError as error:
        form.add_error(None, out_of_store(error))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return redirect(dataset.job or dataset)
    return None


@require_POST
def save_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the chosen meaning of the columns under a name."""
    dataset = dataset_of(request, pk, "sources.change_dataset")
    form = MappingNameForm(request.POST)
    if form.is_valid() and dataset.mapping:
        try:
            saved = actions.save_mapping(
                actor=request.user, name=form.cleaned_data["name"], mapping=dataset.chosen_mapping()
            )
        except ValidationError as error:
            tell(request, " ".join(error.messages), "negative")
        else:
            undo = reverse("sources:mapping-withdraw", args=[saved.pk])
            tell(request, _("The meaning of the columns is kept as “%(name)s”.") % {"name": saved.name}, undo_url=undo)
    else:
        tell(request, _("Give a name."), "negative")
    return redirect("sources:dataset-report", pk=pk)


@require_POST
def withdraw_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer offer a saved meaning of columns."""
    saved = actions.withdraw_mapping(actor=request.user, saved=_saved(request, pk))
    undo = reverse("sources:mapping-restore", args=[saved.pk])
    tell(request, _("“%(name)s” is no longer offered.") % {"name": saved.name}, undo_url=undo)
    return redirect("sources:mapping-list")


@require_POST
def restore_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a saved meaning of columns again."""
    saved = actions.restore_mapping(actor=request.user, saved=_saved(request, pk))
    tell(request, _("“%(name)s” is offered again.") % {"name": saved.name})
    return redirect("sources:mapping-list")


def _saved(request: HttpRequest, pk: int) -> SavedMapping:
    if not request.user.has_perm("sources.add_dataset"):
        raise PermissionDenied
    found: SavedMapping = get_object_or_404(SavedMapping.objects.visible_to(request.user), pk=pk)
    return found
