"""What the programme takes over from the intake: an incident investigation that was decided on, as a candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.casefiles.models import Access
from zichtlijn.platform.events.actions import action
from zichtlijn.supervision.signals.handing_on import register_target, takes_incidents
from zichtlijn.supervision.signals.models import IncidentWeighing

from .activity_content import take_code
from .changing import create
from .locking import lock
from .models import Activity, ActivityKind, ActivityState, ActivityStatus, Programme, ProgrammeState

TAKE = "programme.take_incident"


@takes_incidents
@action(TAKE, permission=TAKE)
def take_incident(*, actor: Any, weighing: IncidentWeighing) -> Activity:
    """A candidate activity with its weighing attached, in the programme of this year (or the newest), decided or not.

    In a draft it is chosen like any other; a decided programme takes it in by amendment. Only what all staff may know
    goes along: the title that was decided on, and the organisations when the file is open to all staff.
    Raises ValidationError when there is no programme.
    """
    programme = lock(programme_for_incidents())
    activity = Activity(
        programme=programme, code=take_code(programme), state=ActivityState.CANDIDATE, is_demo=_is_demo(weighing)
    )
    values = {
        "title": weighing.proposed_title,
        "kind": ActivityKind.INVESTIGATION,
        "status": ActivityStatus.NEW,
        "weighing": weighing,
        **_open_facts(weighing),
    }
    return create(activity, actor=actor, action=TAKE, values=values)


def programme_for_incidents() -> Programme:
    """The programme of this year, else the newest before it, else the first that is to come.

    Of one year the draft goes before a decided programme, and that before one that waits for its decision. Raises
    ValidationError when there is none at all.
    """
    rank = Case(
        When(state=ProgrammeState.DRAFT, then=Value(0)),
        When(state=ProgrammeState.CONSULTED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    year = localdate().year
    until_now = Programme.objects.filter(year__lte=year).order_by("-year", rank, "id").first()
    found = until_now or Programme.objects.order_by("year", rank, "id").first()
    if found is None:
        message = _("There is no work programme that the investigation can become a candidate of.")
        raise ValidationError(message, code="no-programme")
    return found


def weighed_thing(weighing: IncidentWeighing) -> Any:
    """The signal or incident file that a weighing is about."""
    return weighing.signal or weighing.incident


def _open_facts(weighing: IncidentWeighing) -> dict[str, Any]:
    """Organisations and domain, unless the file is open to some people only."""
    about = weighed_thing(weighing)
    if about.access != Access.OPEN:
        return {}
    if weighing.incident is not None:
        return {"organisations": list(weighing.incident.organisations.all())}
    named = [about.organisation] if about.organisation is not None else []
    return {"organisations": named, "domain": about.domain}


def _is_demo(weighing: IncidentWeighing) -> bool:
    return bool(weighed_thing(weighing).is_demo)


def _open_activities(user: Any) -> QuerySet[Activity]:
    """What a signal can be added to: activities that are chosen or under way in a programme that was decided."""
    decided = (ProgrammeState.DECIDED, ProgrammeState.SENT_TO_MINISTER, ProgrammeState.SENT_TO_PARLIAMENT)
    open_states = (ActivityState.CHOSEN, ActivityState.UNDER_WAY)
    found = Activity.objects.visible_to(user).filter(state__in=open_states, programme__state__in=decided)
    return found.order_by("-programme__year", "code")


def _unfinished_activities(keys: Iterable[int]) -> set[int]:
    """Those that can still lead to something: what they rest on stays."""
    over = (ActivityState.DONE, ActivityState.DROPPED)
    found = Activity._base_manager.filter(pk__in=list(keys)).exclude(state__in=over)
    return set(found.values_list("pk", flat=True))


register_target(
    "programme.activity",
    name=_("Activities of the work programme"),
    records=_open_activities,
    unfinished=_unfinished_activities,
)
