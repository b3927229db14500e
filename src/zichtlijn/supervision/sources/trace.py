"""The very start of the line of sight: the document that something in the register rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import register_link, register_step, steps

from .models import Citation, Document


def cited_for(document: Document) -> Iterator[models.Model]:
    """The objects in the line of sight that rest on ``document``, each once."""
    labels = {step.label for step in steps()}
    pairs = document.citations.order_by().values_list("content_type", "object_id").distinct()
    keys: dict[int, list[int]] = {}
    for content_type, key in pairs:
        keys.setdefault(content_type, []).append(key)
    for content_type, found in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and model._meta.label_lower in labels:
            yield from model._default_manager.filter(pk__in=found)


def sources_of(record: models.Model) -> models.QuerySet[Document]:
    """The documents that an object rests on."""
    return Document.objects.light().filter(pk__in=Citation.objects.about(record).values("document"))


register_step("sources.document", order=0, name=_("source"))
register_link(source="sources.document", target="*", name=_("is the source of"), forward=cited_for, backward=sources_of)
