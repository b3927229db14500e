"""The page of a figure that was kept: the figure, what it was made of, and what came out when it was made again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from zichtlijn.analysis.eventlogs.model import LogError

from .dashboard_page import AGREEMENTS, Panel, address_of, panel_of
from .figure_making import AGREEMENT, Pairs
from .models import Dataset, RemadeOutcome, SavedFigure

# What an address says besides the selection.
METRIC, OWN = "metric", {"metric", "page", "sort", "format"}
SELECTING = (AGREEMENT, "from", "until", "organisation", "region", "group", "citizen_group")
TONES = {RemadeOutcome.SAME: "positive", RemadeOutcome.DIFFERS: "warning", RemadeOutcome.DATASET_CHANGED: "warning"}


def asked_of(query: QueryDict) -> tuple[str, Pairs]:
    """The metric and the selection that an address names."""
    pairs = [(name, value) for name in SELECTING for value in query.getlist(name) if value]
    return query.get(METRIC, ""), pairs


def metric_title(metric: str, language: str | None) -> str:
    """What a metric is called; its name when there is no such metric."""
    from . import chain_figures

    found = chain_figures.METRICS.get(metric) or chain_figures.AGREED.get(metric)
    return chain_figures.words_in(language).gettext(found.definition.title) if found else metric


def figure_context(figure: SavedFigure, user: Any, language: str | None) -> dict[str, Any]:
    """The context of the page; small counts are hidden from who may not see cases."""
    from . import chain_figures

    words = chain_figures.words_in(language)
    sees_cases = user.has_perm("sources.view_cases", figure.dataset)
    reader = chain_figures.Reader(words, 1 if sees_cases else chain_figures.SMALLEST)
    shown = _shown(figure, figure.result, reader, "kept")
    again = _shown(figure, figure.remade_result, reader, "again") if figure.remade_result is not None else None
    address = dashboard_address(figure.dataset, figure.metric)
    has_cases = sees_cases and (figure.agreement is None or (shown is not None and shown.figure.behind is not None))
    cases = urlencode([(METRIC, figure.metric), *figure.selection])
    return {
        "figure": figure,
        "dataset": figure.dataset,
        "shown": shown,
        "again": again,
        "tone": TONES.get(RemadeOutcome(figure.remade_outcome)) if figure.remade_outcome else "neutral",
        "agreement": figure.agreement,
        "selection": [pair for pair in figure.selection if pair[0] != AGREEMENT],
        "dashboard_url": f"{address}?{figure.query}" if figure.dataset.has_figures else "",
        "cases_url": f"{reverse('sources:dataset-cases', args=[figure.dataset_id])}?{cases}" if has_cases else "",
        "may_keep": user.has_perm("sources.save_figure", figure.dataset),
        "is_of_this_log": figure.digest == figure.dataset.digest,
    }


def dashboard_address(dataset: Dataset, metric: str) -> str:
    """Where a figure stands among the others of its dataset."""
    from . import chain_figures

    if metric in chain_figures.AGREED:
        return address_of(dataset, AGREEMENTS)
    return reverse("sources:dataset-dashboard", args=[dataset.pk])


def _shown(figure: SavedFigure, result: Any, reader: Any, name: str) -> Panel | None:
    """The figure as the dashboard shows it, without links; None for one of another version of the software."""
    from . import chain_figures

    try:
        shown = chain_figures.figure_of(figure.metric, result, reader)
    except (LogError, LookupError, TypeError, ValueError):
        return None
    return panel_of(name, shown, lambda _behind: "")
