"""What came in, in the line of sight: it stands at the beginning, and leads to work of the inspectorate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import ANY, Pair, Relation, Words, register_link, register_step, step_named

from .handing_on import targets
from .models import Signal

SIGNAL = "signals.signal"
MOST_OF_ORGANISATION = 20


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
        if label not in {each.model_label for each in targets()}:
            return
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        rows = Signal._base_manager.filter(added_type=kind, added_id__in=keys).order_by("pk")
        for signal, number in rows.values_list("pk", "added_id"):
            yield (SIGNAL, signal), (label, number)


class Concerns:
    """From a signal to the organisation it is about; back only to the newest that led to something.

    An organisation can have thousands of signals: those stand in the work list, and the panel on its page leads there.
    """

    source = SIGNAL
    target = "field.organisation"
    path = "organisation"
    name: Words = _("concerns the organisation")

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The organisations of these signals."""
        found = Signal._base_manager.filter(pk__in=keys, organisation__isnull=False).order_by("pk")
        return self._pairs(found)

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The newest signals about these organisations that were added to work or put in an incident file."""
        led_on = Q(added_id__isnull=False) | Q(incident__isnull=False)
        found = Signal._base_manager.filter(led_on, organisation__in=keys).order_by("-received_at", "-pk")
        return self._pairs(found[:MOST_OF_ORGANISATION])

    def _pairs(self, found: Any) -> Iterable[Pair]:
        for signal, organisation in found.values_list("pk", "organisation"):
            yield (SIGNAL, signal), (self.target, organisation)


register_step(SIGNAL, order=10, name=_("signal"), defer=("text",))
register_link(AddedTo())
register_link(Concerns())
register_link(Relation(SIGNAL, SIGNAL, _("was merged into"), "merged_into", held_by="source"))
