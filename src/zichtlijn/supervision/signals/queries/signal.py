"""What the page of a signal shows: always from what the user may see, with a number of queries that does not grow.

``seen`` is ``Signal.objects.visible_to(user)``, asked once per page: it holds the audiences of the user.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zichtlijn.platform.numbers import whole_number

from ..models import IncidentFile, IncidentWeighing, OwnEvaluation, Signal, SignalLink

EARLIER = 8
PAGE_FIELDS = ("organisation", "domain", "region", "assignee", "team", "bundle", "incident", "added_type")


def signals_for(user: Any) -> QuerySet[Signal]:
    """Everything that came in and that the user may see, with what pages and lists read of it."""
    found: QuerySet[Signal] = Signal.objects.visible_to(user).select_related(*PAGE_FIELDS)
    return found


def rows_for(user: Any) -> QuerySet[Signal]:
    """The rows of the work list: without the words, which it does not show."""
    found: QuerySet[Signal] = Signal.objects.visible_to(user).defer("text")
    return found.select_related("organisation", "domain", "assignee", "team")


def earlier_signals(seen: QuerySet[Signal], signal: Signal) -> list[Signal]:
    """The newest others about the same organisation; one more than is shown, to say that there are more."""
    if signal.organisation_id is None:
        return []
    others = seen.filter(organisation=signal.organisation_id).exclude(pk=signal.pk)
    return list(others.order_by("-received_at", "-id")[: EARLIER + 1])


def earlier_findings(user: Any, seen: QuerySet[Signal], signal: Signal) -> list[tuple[str, Any]]:
    """What was judged and decided before about the same organisation: own evaluations and weighings of incidents.

    Its page shows the reason or conclusion only of what is not restricted: reading that leaves a reading of its own.
    """
    if signal.organisation_id is None:
        return []
    # EXISTS, because few of the signals of an organisation were judged or weighed: those few are looked up.
    other = Exists(seen.filter(pk=OuterRef("signal"), organisation=signal.organisation_id).exclude(pk=signal.pk))
    judged = OwnEvaluation.objects.filter(other, judged_at__isnull=False).select_related("signal")
    incidents = IncidentFile.objects.visible_to(user).filter(organisations=signal.organisation_id)
    about = other | Exists(incidents.filter(pk=OuterRef("incident")))
    decided = IncidentWeighing.objects.filter(about, decided_at__isnull=False).select_related("signal", "incident")
    return [
        *(("evaluation", each) for each in judged.order_by("-judged_at")[:EARLIER]),
        *(("weighing", each) for each in decided.order_by("-decided_at")[:EARLIER]),
    ]


def links_of(seen: QuerySet[Signal], signal: Signal) -> list[tuple[SignalLink, Signal]]:
    """The ties of a signal with the other end of each, as far as the user may see that."""
    ties = list(SignalLink.objects.filter(Q(low=signal.pk) | Q(high=signal.pk)))
    ends = {tie.pk: tie.high_id if tie.low_id == signal.pk else tie.low_id for tie in ties}
    others = seen.in_bulk(ends.values()) if ties else {}
    return [(tie, others[ends[tie.pk]]) for tie in ties if ends[tie.pk] in others]


def find_by_reference(user: Any, text: str) -> Signal | None:
    """The signal with this reference (``S-2026-0000012``, or its number), if the user may see it."""
    written = text.strip().upper()
    key = whole_number(written.rpartition("-")[2])
    if key is None:
        return None
    found: Signal | None = Signal.objects.visible_to(user).filter(pk=key).first()
    return found if found and written in (found.reference, str(key)) else None


def bundled_with(seen: QuerySet[Signal], signal: Signal) -> list[Signal]:
    """The others in its bundle, as far as the user may see them."""
    if signal.bundle_id is None:
        return []
    return _seen_of(seen, Signal._base_manager.filter(bundle=signal.bundle_id).exclude(pk=signal.pk))


def merged_into_it(seen: QuerySet[Signal], signal: Signal) -> list[Signal]:
    """What was merged into it, as far as the user may see it."""
    return _seen_of(seen, Signal._base_manager.filter(merged_into=signal.pk))


def _seen_of(seen: QuerySet[Signal], few: QuerySet[Signal]) -> list[Signal]:
    """Those of a few that are seen. Their keys are asked first: asked at once, a planner may walk all that is seen."""
    keys = list(few.order_by().values_list("pk", flat=True))
    return list(seen.filter(pk__in=keys).order_by("pk")) if keys else []


def handled_together(user: Any, signal: Signal) -> QuerySet[Signal]:
    """The others that are merged into it, or bundled or merged with it, as far as the user may see them."""
    whole = signal.merged_into_id or signal.pk
    together = Q(merged_into=whole) | Q(pk=whole)
    if signal.bundle_id:
        together |= Q(bundle=signal.bundle_id)
    found: QuerySet[Signal] = Signal.objects.visible_to(user).filter(together).exclude(pk=signal.pk)
    return found.order_by("pk")
