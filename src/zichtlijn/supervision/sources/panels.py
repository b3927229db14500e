"""“Where it is written” on the page of every object that rests on a source, and the datasets of a chain on its page."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zichtlijn.platform.trace.panels import register_panel

from .dataset_queries import datasets_for, figures_for
from .models import Document
from .queries import citations_by_passage, citations_of

MOST_CITATIONS = 25
MOST_DATASETS = 10
MOST_FIGURES = 10


def where_it_is_written(request: HttpRequest, record: models.Model) -> SafeString | None:
    """Every citation of an object with its page and the words in their context; None when there is none."""
    if isinstance(record, Document) or record.pk is None:
        return None
    found = citations_of(record).visible_to(request.user)  # type: ignore[attr-defined]
    shown = list(found[: MOST_CITATIONS + 1])
    if not shown:
        return None
    more = found.count() - MOST_CITATIONS if len(shown) > MOST_CITATIONS else 0
    context = {"citations": citations_by_passage(shown[:MOST_CITATIONS]), "more": more}
    return render_to_string("sources/panel.html", context, request)


def line_of_sight_link(request: HttpRequest, record: models.Model) -> SafeString:
    """A link instead of the drawing: from a document the line leads to everything that it supports."""
    address = reverse("trace:sight", args=[record._meta.label_lower, record.pk])
    return format_html('<p><a class="utrecht-link" href="{}">{}</a></p>', address, _("Line of sight of this document"))


def chain_analysis(request: HttpRequest, record: models.Model) -> SafeString | None:
    """The datasets of a chain and the figures kept of them; None when there is none."""
    datasets = list(datasets_for(request.user).exclude(state="withdrawn").filter(chain=record.pk)[: MOST_DATASETS + 1])
    if not datasets:
        return None
    figures = list(figures_for(request.user).filter(dataset__chain=record.pk)[: MOST_FIGURES + 1])
    context = {
        "chain": record,
        "datasets": datasets[:MOST_DATASETS],
        "more_datasets": len(datasets) > MOST_DATASETS,
        "figures": figures[:MOST_FIGURES],
        "more_figures": len(figures) > MOST_FIGURES,
    }
    return render_to_string("sources/chain_analysis.html", context, request)


register_panel(model_label="*", name="citations", order=10, render=where_it_is_written)
register_panel(model_label="sources.document", name="line-of-sight", order=60, render=line_of_sight_link)
register_panel(model_label="field.chain", name="chain-analysis", order=15, render=chain_analysis)
