"""The operations for staff: what came in, and a step with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.response import Response

from zichtlijn.platform.api.operations import Operation
from zichtlijn.platform.api.paging import is_storable, page_of, refused_parameter
from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings

from ..models import Signal
from ..queries.signal import signals_for
from . import answers, describing, steps, words
from .opening import opened
from .stepping import take

FILTERS: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "toestand": ("state", words.STATES),
    "soort": ("kind", words.KINDS),
    "kanaal": ("channel", words.CHANNELS),
}


class Signalen(Operation):
    """Everything that came in."""

    needs = "signals.see_list"

    @describing.list_signals
    def get(self, request: Any) -> Any:
        """What the caller may see, newest first; restricted ones are written in the read trail."""
        records = _chosen(signals_for(request.user), request.query_params)
        page, following = page_of(request, records, moment="received_at")
        note_readings(request.user, page, kind=ReadingKind.API)
        return Response({"signalen": answers.SignaalRegel(page, many=True).data, "volgende": following})


def _chosen(records: Any, asked: Any) -> Any:
    for name, (field, names) in FILTERS.items():
        if wanted := asked.get(name):
            codes = [code for code, word in names.items() if word == wanted]
            if not codes:
                raise refused_parameter(name, _("Choose one of: %(names)s.") % {"names": ", ".join(names.values())})
            records = records.filter(**{f"{field}__in": codes})
    if since := asked.get("ontvangenVanaf"):
        records = records.filter(received_at__gte=_moment(since))
    return records


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or not is_storable(moment):
        raise refused_parameter("ontvangenVanaf", _("Give a moment with its offset, as 2026-05-31T10:00:00+02:00."))
    return moment


class Stappen(Operation):
    """A step with what came in."""

    needs = "signals.triage_signal"
    names = steps.FIELDS

    @describing.take_step
    def post(self, request: Any, kenmerk: str) -> Any:
        """Take a step; 409 when its state does not allow it, or when somebody changed it since."""
        signal = opened(request.user, Signal.objects, kenmerk)

        def shown() -> Any:
            return answers.SignaalRegel(signals_for(request.user).get(pk=signal.pk)).data

        return take(request, signal, steps.OF_SIGNAL, shown)
