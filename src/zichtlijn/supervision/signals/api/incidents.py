"""The operations for staff with the weighing of incidents, and with incident files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.response import Response

from zichtlijn.platform.api.operations import Operation
from zichtlijn.platform.api.paging import page_of, refused_parameter
from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings

from ..actions.incidents import LEAD
from ..actions.weighing import WEIGH
from ..models import IncidentFile, IncidentWeighing, Signal
from ..queries.evidence import evidence_of, records_of
from ..queries.weighing import weighings_for
from . import case_answers, describing_cases, words
from .incident_steps import FIELDS, OF_INCIDENT, OF_WEIGHING
from .opening import numbered
from .stepping import take


class Incidentwegingen(Operation):
    """The weighings of incidents, of a signal or of an incident file."""

    needs = "signals.see_list"

    @describing_cases.list_weighings
    def get(self, request: Any) -> Any:
        """Those that the caller may see, newest first; of restricted files they are written in the read trail."""
        records = _in_state(weighings_for(request.user), request.query_params, words.WEIGHING_STATES)
        page, following = page_of(request, records, moment="made_at")
        note_readings(request.user, page, kind=ReadingKind.API)
        shown = case_answers.IncidentwegingRegel(page, many=True).data
        return Response({"incidentwegingen": shown, "volgende": following})


class Incidentweging(Operation):
    """One weighing."""

    needs = "signals.see_list"

    @describing_cases.show_weighing
    def get(self, request: Any, nummer: str) -> Any:
        """The scores with their evidence, the words, and what was decided."""
        return Response(_weighing(request.user, numbered(request.user, _weighings(), nummer)))


class IncidentwegingStappen(Operation):
    """A step with a weighing."""

    needs = WEIGH
    names = FIELDS

    @describing_cases.take_weighing_step
    def post(self, request: Any, nummer: str) -> Any:
        """Score, link evidence, lay before who decides, stop or decide; 409 when its state does not allow it."""
        found = numbered(request.user, _weighings(), nummer)
        return take(request, found, OF_WEIGHING, lambda: _weighing(request.user, _weighings().get(pk=found.pk)))


def _weighings() -> Any:
    return IncidentWeighing.objects.select_related("signal", "incident").prefetch_related("scores")


def _weighing(user: Any, weighing: IncidentWeighing) -> Any:
    """With the records that it rests on, as far as this user sees them; restricted ones are noted in the read trail."""
    linked = evidence_of(weighing, user)
    note_readings(user, records_of(linked), kind=ReadingKind.API)
    weighing.seen_evidence = linked  # type: ignore[attr-defined]
    return case_answers.Incidentweging(weighing).data


class Incidentdossiers(Operation):
    """The incident files."""

    needs = "signals.see_list"

    @describing_cases.list_incidents
    def get(self, request: Any) -> Any:
        """Those that the caller may see, newest first; restricted ones are written in the read trail."""
        records = IncidentFile.objects.visible_to(request.user).select_related("team").prefetch_related("organisations")
        records = _in_state(records, request.query_params, words.INCIDENT_STATES)
        page, following = page_of(request, records, moment="opened_at")
        note_readings(request.user, page, kind=ReadingKind.API)
        shown = case_answers.IncidentdossierRegel(page, many=True).data
        return Response({"incidentdossiers": shown, "volgende": following})


class Incidentdossier(Operation):
    """One incident file."""

    needs = "signals.see_list"

    @describing_cases.show_incident
    def get(self, request: Any, nummer: str) -> Any:
        """What it is about, with what came in about it and how it was weighed."""
        return Response(_incident(request.user, numbered(request.user, IncidentFile.objects, nummer)))


class IncidentdossierStappen(Operation):
    """A step with an incident file."""

    needs = LEAD
    names = FIELDS

    @describing_cases.take_incident_step
    def post(self, request: Any, nummer: str) -> Any:
        """Scale up or down, begin to weigh, close or reopen; 409 when its state does not allow it."""
        found = numbered(request.user, IncidentFile.objects, nummer)
        return take(
            request,
            found,
            OF_INCIDENT,
            lambda: _incident(request.user, IncidentFile.objects.visible_to(request.user).get(pk=found.pk)),
        )


def _incident(user: Any, incident: IncidentFile) -> Any:
    """With what stands in it, as far as this user sees that."""
    seen = Signal.objects.visible_to(user).filter(incident=incident).order_by("received_at", "pk")
    incident.seen_signals = list(seen)  # type: ignore[attr-defined]
    incident.seen_weighings = list(incident.weighings.order_by("pk"))  # type: ignore[attr-defined]
    return case_answers.Incidentdossier(incident).data


def _in_state(records: Any, asked: Any, names: Mapping[Any, str]) -> Any:
    if wanted := asked.get("toestand"):
        codes = [code for code, name in names.items() if name == wanted]
        if not codes:
            raise refused_parameter("toestand", _("Choose one of: %(names)s.") % {"names": ", ".join(names.values())})
        records = records.filter(state__in=codes)
    return records
