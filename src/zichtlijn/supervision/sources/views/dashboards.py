"""The dashboard of a prepared log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell

from ..dashboard_form import LABELS, DashboardForm
from ..dashboard_page import PARALLELS, PARTS, Dashboard, Part, address_of, chosen_words, part_of, tabs_of
from ..dataset_messages import as_validation_error
from ..models import Dataset
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
    query = {name: request.GET.getlist(name) for name in LABELS}
    selection, unknown = chain_figures.selection_of(log, query)
    pairs = chain_figures.query_of(log, selection)
    shown = Dashboard(dataset, log, selection, pairs, request.user)
    panels, missing = shown.panels(part.metrics)
    others: list[str] = []
    if part is PARALLELS:
        panel, others = shown.parallels(request.user)
        panels = [panel]
    context = {
        "dataset": dataset,
        "part": part,
        "tabs": tabs_of(dataset, pairs),
        "tab_url": address_of(dataset, part),
        "form": DashboardForm(request.GET, log=log),
        "chosen": chosen_words(pairs, LABELS),
        "unknown": unknown,
        "numbers": shown.numbers() if part is PARTS[0] else [],
        "panels": panels,
        "missing": missing,
        "others": others,
        "is_parallels": part is PARALLELS,
        "minimum": shown.reader.minimum,
    }
    return render(request, "sources/dashboard.html", context)
