"""The dashboard of a prepared log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell

from ..dashboard_form import LABELS, DashboardForm, NarrowForm
from ..dashboard_page import (
    AGREEMENTS,
    PARALLELS,
    PARTS,
    Dashboard,
    Part,
    address_of,
    chosen_words,
    in_whole_years,
    part_of,
    tabs_of,
)
from ..dataset_messages import as_validation_error
from ..dataset_queries import agreements_of
from ..models import Dataset
from ..narrow_selections import PART, asked_narrowly, refusal
from .datasets import dataset_of


@require_GET
def dashboard(request: HttpRequest, pk: int, part: str = "") -> HttpResponse:
    """A part of the figures of a dataset, of the cases that the address selects."""
    dataset = dataset_of(request, pk)
    chosen = part_of(part) if part else PARTS[0]
    if not dataset.has_figures or chosen is None:
        raise Http404
    try:
        return _answer(request, dataset, chosen)
    except LogError as error:
        tell(request, " ".join(as_validation_error(error).messages), "negative")
        return redirect(dataset)


def _answer(request: HttpRequest, dataset: Dataset, part: Part) -> HttpResponse:
    from .. import chain_figures

    log = dataset.open_prepared()
    query = {name: request.GET.getlist(name) for name in (*LABELS, PART)}
    selection, unknown = chain_figures.selection_of(log, asked_narrowly(query))
    pairs = chain_figures.query_of(log, selection)
    shown = Dashboard(dataset, log, selection, pairs, request.user)
    refused = "" if shown.sees_cases else refusal(log, pairs)
    panels, missing = ([], []) if refused else shown.panels(part.metrics)
    others: list[str] = []
    if part is PARALLELS and not refused:
        panel, others = shown.parallels(request.user)
        panels = [panel]
    if part is AGREEMENTS and not refused:
        panels, missing = shown.agreed(agreements_of(dataset, request.user))
    kept = pairs if shown.sees_cases else in_whole_years(pairs)
    context = {
        "dataset": dataset,
        "part": part,
        "tabs": tabs_of(dataset, kept),
        "tab_url": address_of(dataset, part),
        "form": DashboardForm(request.GET, log=log) if shown.sees_cases else NarrowForm(pairs, log=log),
        "refused": refused,
        "chosen": chosen_words(kept, LABELS),
        "unknown": unknown,
        "numbers": shown.numbers() if part is PARTS[0] and not refused else [],
        "panels": panels,
        "missing": missing,
        "others": others,
        "is_parallels": part is PARALLELS,
        "is_agreements": part is AGREEMENTS,
        "may_change": request.user.has_perm("sources.change_dataset", dataset),
        "minimum": shown.reader.minimum,
    }
    return render(request, "sources/dashboard.html", context)
