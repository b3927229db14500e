"""The kinds of records that an incident weighing rests on here, and how they lead to it in the line of sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.search.queries import found_keys
from zichtlijn.platform.trace.registry import ANY, Pair, Words, register_link, register_step, step_named
from zichtlijn.supervision.sources.models import Document, Passage, SavedFigure

from .evidence_kinds import MOST_KEYS, kind_labelled, kind_of_type, register_evidence
from .models import CriterionEvidence, EvaluationState, OwnEvaluation, Signal, SignalState

WEIGHING = "signals.incidentweighing"
NOT_THERE = (SignalState.DRAFT, SignalState.DISCARDED)


class IsEvidenceIn:
    """From a record to the weighings of which a criterion rests on it."""

    source = ANY
    target = WEIGHING
    name: Words = _("is evidence in")

    def onward(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The weighings that rest on these records."""
        if kind_labelled(label) is None:
            return
        about = ContentType.objects.get_for_model(apps.get_model(label))
        rows = CriterionEvidence._base_manager.filter(content_type=about, object_id__in=keys).order_by()
        for number, weighing in rows.values_list("object_id", "weighing").distinct():
            yield (label, number), (WEIGHING, weighing)

    def back(self, label: str, keys: Sequence[Any]) -> Iterable[Pair]:
        """The records that these weighings rest on."""
        rows = CriterionEvidence._base_manager.filter(weighing__in=keys).order_by()
        for about, number, weighing in rows.values_list("content_type", "object_id", "weighing").distinct():
            kind = kind_of_type(about)
            if kind is not None and step_named(kind.model_label):
                yield (kind.model_label, number), (WEIGHING, weighing)


def _evaluations_holding(user: Any, asked: str) -> Iterable[int]:
    """By the words of the signal that they are about: an own evaluation itself is not searched."""
    signals = found_keys(user, asked, "signals.signal")[:MOST_KEYS]
    return OwnEvaluation.objects.filter(signal__in=signals).values_list("pk", flat=True)


def _documents_holding(user: Any, asked: str) -> Iterable[int]:
    """By the title first, then by what stands in their passages."""
    titled = found_keys(user, asked, "sources.document")
    passages = found_keys(user, asked, "sources.passage")[:MOST_KEYS]
    inside = Passage.objects.filter(pk__in=passages).order_by().values_list("document", flat=True).distinct()
    return dict.fromkeys([*titled, *inside])


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


register_evidence(
    "sources.savedfigure",
    code="bewaard-cijfer",
    name=_("saved figure"),
    records=lambda user: SavedFigure.objects.visible_to(user).standing(),
    title=lambda figure: str(figure.title),
    detail=lambda figure: _day(figure.made_at),
    leave=("result", "remade_result"),
)
register_evidence(
    "signals.signal",
    code="signaal",
    name=_("signal"),
    records=lambda user: Signal.objects.visible_to(user).exclude(state__in=NOT_THERE),
    title=lambda signal: str(signal.subject),
    reference=str,
    detail=lambda signal: _day(signal.received_at),
    leave=("text",),
)
register_evidence(
    "signals.ownevaluation",
    code="eigen-evaluatie",
    name=_("own evaluation"),
    records=lambda user: OwnEvaluation.objects.visible_to(user).filter(state=EvaluationState.JUDGED),
    title=lambda evaluation: f"{evaluation.organisation} ({evaluation.signal})",
    reference=str,
    words=_evaluations_holding,
    read=("signal", "organisation"),
    leave=("text", "signal__text"),
)
register_evidence(
    "sources.document",
    code="document",
    name=_("document"),
    records=Document.objects.visible_to,
    title=lambda document: str(document.title),
    detail=lambda document: str(document.year or ""),
    words=_documents_holding,
    leave=("text", "page_map"),
)
register_step("signals.ownevaluation", order=14, name=_("own evaluation"), defer=("text", "question"))
register_link(IsEvidenceIn())
