"""The lists of documents, datasets, kept figures and kept meanings of columns."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateRangeFilter,
    MultiChoiceFilter,
    RecordFilter,
    TextFilter,
)
from zichtlijn.platform.lists.tables import AddLink, Table
from zichtlijn.supervision.field.models import Chain

from .dataset_wording import columns_in_words
from .models import Dataset, DatasetState, Document, DocumentFormat, RemadeOutcome, SavedFigure


def _title(titled: Document | Dataset | SavedFigure) -> SafeString:
    if not titled.is_demo:
        return format_html("{}", titled.title)
    return format_html('{} <span class="utrecht-badge">{}</span>', titled.title, gettext("demo"))


def _waiting(document: Any) -> SafeString:
    if not document.waiting:
        return format_html("{}", 0)
    address = reverse("sources:review", args=[document.pk])
    return format_html('<a class="utrecht-link" href="{}">{}</a>', address, document.waiting)


DOCUMENTS = Table(
    name="sources.documents",
    label=_("Sources"),
    columns=(
        Column("title", _("Title"), sort="title", screen=_title, link=True),
        Column("publisher", _("Publisher"), sort="publisher"),
        Column("year", _("Year"), value=lambda document: str(document.year or ""), sort="year"),
        Column("kind", _("Format"), sort="kind"),
        Column("page_count", _("Number of pages"), numeric=True),
        Column("waiting", _("Proposals waiting"), numeric=True, screen=_waiting),
        Column("citation_count", _("Citations"), numeric=True),
        Column("licence", _("Licence"), on_screen=False),
        Column("origin", _("Origin"), on_screen=False),
        Column("sha256", "SHA-256", on_screen=False),
        Column("is_demo", _("Demo"), on_screen=False),
    ),
    filters=(
        TextFilter("text", _("Words"), over=("title", "publisher", "origin")),
        ChoiceFilter("kind", _("Format"), choices=DocumentFormat.choices),
        BooleanFilter("demo", _("Demo"), "is_demo"),
    ),
    default_sort="-year",
    intro=_("What the register rests on: every goal, activity and organisation points to a place in one of these."),
    empty=_("There is no document yet. Upload a work programme; what it holds is proposed to you, and you decide."),
    add=AddLink(_("Upload a document"), lambda: reverse("sources:upload"), "sources.import_document"),
)


DATASETS = Table(
    name="sources.datasets",
    label=_("Datasets"),
    columns=(
        Column("title", _("Title"), sort="title", screen=_title, link=True),
        Column("chain", _("Chain"), "chain.name", sort="chain__name"),
        Column("state", _("State"), sort="state"),
        Column("cases", _("Cases"), sort="cases", numeric=True),
        Column("events", _("Events"), sort="events", numeric=True),
        Column("cut_off", _("Complete until"), sort="cut_off"),
        Column("added_at", _("Added on"), sort="added_at"),
        Column("publisher", _("Publisher"), on_screen=False),
        Column("origin", _("Origin"), on_screen=False),
        Column("licence", _("Licence"), on_screen=False),
        Column("received_on", _("Received on"), on_screen=False),
        Column("sha256", "SHA-256", on_screen=False),
        Column("digest", _("Digest of the prepared log"), on_screen=False),
        Column("is_pseudonymised", _("Case numbers replaced"), on_screen=False),
        Column("is_demo", _("Demo"), on_screen=False),
    ),
    filters=(
        TextFilter("text", _("Words"), over=("title", "publisher", "origin", "chain__name")),
        MultiChoiceFilter("state", _("State"), choices=DatasetState.choices),
        RecordFilter("chain", _("Chain"), records=Chain.objects.visible_to),
        BooleanFilter("demo", _("Demo"), "is_demo"),
        DateRangeFilter("added", _("Added"), "added_at"),
    ),
    default_sort="-added_at",
    intro=_("Registrations of what happened in cases. Of each a log is prepared once; every figure is made from that."),
    empty=_("There is no dataset yet. Upload an event log; you then say what its columns mean."),
    add=AddLink(_("Upload a dataset"), lambda: reverse("sources:dataset-upload"), "sources.add_dataset"),
)


def _outcome(figure: SavedFigure) -> str:
    return figure.get_remade_outcome_display() if figure.remade_outcome else gettext("not yet made again")


FIGURES = Table(
    name="sources.figures",
    label=_("Kept figures"),
    columns=(
        Column("title", _("Title"), sort="title", screen=_title, link=True),
        Column("dataset", _("Dataset"), "dataset.title", sort="dataset__title"),
        Column("chain", _("Chain"), "dataset.chain.name", sort="dataset__chain__name"),
        Column("cut_off", _("Complete until"), sort="cut_off"),
        Column("made_at", _("Kept on"), sort="made_at"),
        Column("outcome", _("Made again"), _outcome, sort="remade_outcome"),
        Column("metric", _("Figure"), on_screen=False),
        Column("digest", _("Digest of the prepared log"), on_screen=False),
        Column("is_demo", _("Demo"), on_screen=False),
    ),
    filters=(
        TextFilter("text", _("Words"), over=("title", "note", "dataset__title")),
        RecordFilter("dataset", _("Dataset"), records=Dataset.objects.visible_to),
        RecordFilter("chain", _("Chain"), "dataset__chain", records=Chain.objects.visible_to),
        ChoiceFilter("outcome", _("Made again"), "remade_outcome", choices=RemadeOutcome.choices),
        BooleanFilter("demo", _("Demo"), "is_demo"),
    ),
    default_sort="-made_at",
    intro=_("Figures that can be cited: each with its query, the log it was made of and the day up to which that is."),
    empty=_("No figure has been kept yet. Open the figures of a dataset and keep one."),
)


SAVED_MAPPINGS = Table(
    name="sources.saved_mappings",
    label=_("Kept meanings of columns"),
    columns=(
        Column("name", _("Name"), sort="name"),
        Column("columns", _("Columns"), lambda saved: columns_in_words(saved.mapping)),
        Column("made_by", _("Saved by")),
        Column("made_at", _("Saved on"), sort="made_at"),
    ),
    filters=(TextFilter("text", _("Words"), over=("name",)),),
    default_sort="name",
    empty=_("Nothing is kept yet. On the load report of a dataset its meaning of columns can be kept under a name."),
)
