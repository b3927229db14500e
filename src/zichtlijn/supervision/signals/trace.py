"""What came in, in the line of sight: it stands at the beginning, and leads to work of the inspectorate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import ANY, Pair, Relation, Words, register_link, register_step, step_named

from .models import Signal

SIGNAL = "signals.signal"


class AddedTo:
    """From a signal to the work that it was added to."""

    source = SIGNAL
    target = ANY
    name: Words = _("was added to")

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """What these signals were added to."""
        rows = Signal._base_manager.filter(pk__in=keys, added_id__isnull=False).order_by("pk")
        for signal, kind, number in rows.values_list("pk", "added_type", "added_id"):
            found = ContentType.objects.get_for_id(kind).model_class()
            if found is not None and step_named(found._meta.label_lower):
                yield (SIGNAL, signal), (found._meta.label_lower, number)

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The signals that were added to these records."""
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        rows = Signal._base_manager.filter(added_type=kind, added_id__in=keys).order_by("pk")
        for signal, number in rows.values_list("pk", "added_id"):
            yield (SIGNAL, signal), (label, number)


register_step(SIGNAL, order=10, name=_("signal"), defer=("text",))
register_link(AddedTo())
register_link(Relation(SIGNAL, "field.organisation", _("concerns the organisation"), "organisation", held_by="source"))
register_link(Relation(SIGNAL, SIGNAL, _("was merged into"), "merged_into", held_by="source"))
