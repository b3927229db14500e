"""Finding what an address of the API names, within what the caller may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings, open_record
from zichtlijn.platform.numbers import whole_number

from ..models import OwnEvaluation, Signal


def opened(user: Any, records: Any, reference: str) -> Signal:
    """The one of ``records`` with this reference that the user may see, else Http404; a restricted one is noted."""
    key = whole_number(reference.rpartition("-")[2])
    found: Signal | None = records.visible_to(user).filter(pk=key).first() if key is not None else None
    if found is None or found.reference != reference:
        raise Http404
    note_readings(user, [found], kind=ReadingKind.API)
    return found


def evaluations_with(user: Any, reference: str) -> list[OwnEvaluation]:
    """The own evaluations with this reference that the user may see, also of a signal that he may not see himself.

    Http404 when there is neither one nor the signal.
    """
    key = whole_number(reference.rpartition("-")[2])
    found = (
        OwnEvaluation.objects.visible_to(user).filter(signal=key) if key is not None else OwnEvaluation.objects.none()
    )
    rows = [each for each in found.select_related("signal") if each.signal.reference == reference]
    if not rows:
        opened(user, Signal.objects, reference)
    return rows


def numbered(user: Any, records: Any, number: str, **wanted: Any) -> Any:
    """The one of ``records`` with this number that the user may see, else Http404; of a restricted file it is noted."""
    key = whole_number(number)
    if key is None:
        raise Http404
    return open_record(user, records, kind=ReadingKind.API, pk=key, **wanted)
