"""What a user can ask of the sources."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from .models import Citation


def citations_of(record: models.Model) -> models.QuerySet[Citation]:
    """The citations that ``record`` rests on, with those of records that were merged into it."""
    content_type = ContentType.objects.get_for_model(record)
    keys: Q = Q(object_id=record.pk)
    if any(field.name == "merged_into" for field in record._meta.get_fields()):
        merged = type(record)._base_manager.filter(merged_into=record.pk)
        keys |= Q(object_id__in=merged.values("pk"))
    found = Citation.objects.filter(keys, content_type=content_type)
    return found.select_related("document").defer("document__text", "document__page_map")
