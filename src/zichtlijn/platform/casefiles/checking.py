"""What ``zichtlijn verify`` asks of case files: that audiences follow from access, also in the search index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.platform.search.registry import NOBODY

from .models import audience_of
from .registry import casefile_models

MOST_NAMED = 20
"""Of each kind so many are named: whoever repairs one, repairs all."""


def wrong_audiences() -> list[str]:
    """A sentence for each record, or search entry, whose audience is not what the access of its file says."""
    return [
        problem
        for model in casefile_models()
        for found in (_wrong_records(model), _wrong_entries(model))
        for problem in islice(found, MOST_NAMED)
    ]


def _wrong_records(model: Any) -> Iterator[str]:
    for record in model._base_manager.order_by("pk").iterator():
        expected = audience_of(record.access, record.team_id, record.file_key)
        if record.audience != expected:
            said = {"record": record, "found": record.audience, "expected": expected}
            yield _("the audience of %(record)s is %(found)s and should be %(expected)s") % said


def _wrong_entries(model: Any) -> Iterator[str]:
    kept = Subquery(model._base_manager.filter(pk=OuterRef("object_id")).values("audience")[:1])
    entries = SearchEntry.objects.filter(model_label=model._meta.label_lower).annotate(expected=kept)
    wrong = entries.exclude(audience=F("expected")).exclude(audience=NOBODY)
    for label, number, found, expected in wrong.values_list("model_label", "object_id", "audience", "expected"):
        said = {"record": f"{label} {number}", "found": found, "expected": expected or "–"}
        yield _("the search entry of %(record)s is open to %(found)s and should be to %(expected)s") % said
