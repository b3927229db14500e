"""The list of documents."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import BooleanFilter, ChoiceFilter, TextFilter
from zichtlijn.platform.lists.tables import AddLink, Table

from .models import Document, DocumentFormat


def _title(document: Document) -> SafeString:
    if not document.is_demo:
        return format_html("{}", document.title)
    return format_html('{} <span class="utrecht-badge">{}</span>', document.title, gettext("demo"))


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
