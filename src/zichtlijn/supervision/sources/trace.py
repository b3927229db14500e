"""The very start of the line of sight: the document or dataset that something in the register rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import ANY, Pair, Relation, Words, register_link, register_step, step_named

from .models import Citation

DOCUMENT = "sources.document"


class Citations:
    """From a document to everything in the line that cites it."""

    source = DOCUMENT
    target = ANY
    name: Words = _("is the source of")

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """Everything that rests on these documents."""
        rows = Citation.objects.filter(document__in=keys).order_by()
        for document, kind, number in rows.values_list("document", "content_type", "object_id").distinct():
            found = ContentType.objects.get_for_id(kind).model_class()
            if found is not None and step_named(found._meta.label_lower):
                yield (DOCUMENT, document), (found._meta.label_lower, number)

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The documents that these objects rest on."""
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        rows = Citation.objects.filter(content_type=kind, object_id__in=keys).order_by()
        for document, number in rows.values_list("document", "object_id").distinct():
            yield (DOCUMENT, document), (label, number)


register_step(DOCUMENT, order=0, name=_("source"), defer=("text",))
register_step("sources.dataset", order=1, name=_("dataset"), defer=("proposed", "mapping", "report"))
register_step("sources.agreement", order=2, name=_("agreement"), defer=("contents",))
register_step("sources.savedfigure", order=3, name=_("saved figure"), defer=("result", "remade_result"))
register_link(Citations())
register_link(
    Relation("sources.dataset", "field.chain", _("tells about"), "chain", "source", keep=~Q(state="withdrawn"))
)
register_link(
    Relation("sources.dataset", "sources.agreement", _("is held against"), "dataset", keep=Q(is_withdrawn=False))
)
register_link(
    Relation("sources.agreement", "sources.savedfigure", _("is used in"), "agreement", keep=Q(is_withdrawn=False))
)
register_link(
    Relation("sources.dataset", "sources.savedfigure", _("is the source of"), "dataset", keep=Q(is_withdrawn=False))
)
