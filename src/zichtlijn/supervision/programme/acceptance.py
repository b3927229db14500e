"""How accepted proposals become goals, activities and figures of the programme of their document's year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from zichtlijn.supervision.field.recognition import plain
from zichtlijn.supervision.sources.acceptance import acceptor, identity, matcher, merger
from zichtlijn.supervision.sources.models import Citation, Proposal

from . import actions
from .acceptance_targets import perspective_for, programme_for, programme_of
from .acceptance_values import activity_values, related_records
from .freezing import RELATIONS
from .models import Activity, Figure, Goal, Programme

Values = dict[str, Any]
MOST_LOOK_ALIKES = 5
SIMILAR = 60  # rapidfuzz token_set_ratio, 0–100: below it a person sees no likeness


@acceptor("goal")
def accept_goal(*, actor: Any, proposal: Proposal, values: Values, programme: Any) -> Goal:
    """A goal of the perspective of the document's year."""
    perspective = perspective_for(actor=actor, document=proposal.document)
    given = {
        "title": values["title"][:200],
        "description": values.get("description") or "",
        "is_demo": proposal.document.is_demo,
    }
    return actions.create_goal(actor=actor, perspective=perspective, values=given)


@identity("goal")
def same_goal(*, proposal: Proposal, values: Values) -> Goal | None:
    """The goal with this title in a perspective of the document's year."""
    wanted = plain(values["title"])
    return next((goal for goal in _goals_of(proposal) if plain(goal.title) == wanted), None)


@matcher("goal")
def similar_goals(*, proposal: Proposal, values: Values, programme: Any) -> list[Goal]:
    """Goals with a title like it, best first."""
    return _alike(values["title"], _goals_of(proposal))


def _goals_of(proposal: Proposal) -> list[Goal]:
    year = proposal.document.year
    if not year:
        return []
    return list(Goal.objects.filter(perspective__first_year__lte=year, perspective__last_year__gte=year))


@acceptor("activity")
def accept_activity(*, actor: Any, proposal: Proposal, values: Values, programme: Any) -> Activity:
    """A candidate in the draft of the document's year, tied to the goals, organisations and so on that it names.

    Names that the register does not know stand at the end of the description, so that none gets lost. Raises
    ValidationError when the programme has been decided, or when nobody said what kind of activity it is.
    """
    if not values.get("kind"):
        raise ValidationError(_("Choose the kind of the activity first."), code="no-kind")
    into = programme_for(actor=actor, document=proposal.document)
    given = {**activity_values(into, values), "is_demo": proposal.document.is_demo}
    return actions.create_activity(actor=actor, programme=into, values=given)


@identity("activity")
def same_activity(*, proposal: Proposal, values: Values) -> Activity | None:
    """The activity with this title in the programme of the document."""
    wanted = plain(values["title"])
    return next((item for item in _activities_of(proposal) if plain(item.title) == wanted), None)


@matcher("activity")
def similar_activities(*, proposal: Proposal, values: Values, programme: Any) -> list[Activity]:
    """Activities that rest on the same passage, then those with a title like it."""
    activities = _activities_of(proposal)
    cited = _citing_the_same(proposal, activities)
    alike = _alike(values["title"], [item for item in activities if item not in cited])
    return [*cited, *alike][:MOST_LOOK_ALIKES]


def _activities_of(proposal: Proposal) -> list[Activity]:
    programme = programme_of(proposal.document)
    return [] if programme is None else list(Activity.objects.filter(programme=programme))


def _citing_the_same(proposal: Proposal, activities: list[Activity]) -> list[Activity]:
    by_key = {item.pk: item for item in activities}
    rows = Citation.objects.filter(
        document=proposal.document,
        content_type__app_label="programme",
        content_type__model="activity",
        object_id__in=by_key,
        start__isnull=False,
        end__isnull=False,
    ).values_list("object_id", "start", "end")
    quotes = [(quote["start"], quote["end"]) for quote in proposal.quotes]
    found = [key for key, start, end in rows if any(start < last and first < end for first, last in quotes)]
    return [by_key[key] for key in dict.fromkeys(found)]


@merger("activity")
def extend_activity(*, actor: Any, proposal: Proposal, values: Values, record: Activity) -> None:
    """Tie an activity of a draft to the goals, organisations and so on that the proposal names besides.

    An activity of a decided programme only gets the citation: what it says changes by amendment.
    """
    if not record.programme.is_draft:
        return
    named, _unknown = related_records(record.programme, values)
    given: Values = {}
    for relation in RELATIONS:
        present = list(getattr(record, relation).all())
        if more := [item for item in named[relation] if item not in present]:
            given[relation] = [*present, *more]
    if given:
        actions.edit_activity(
            actor=actor, activity=record, values=given, reason=_("A proposal from a document was accepted into it.")
        )


@acceptor("figure")
def accept_figure(*, actor: Any, proposal: Proposal, values: Values, programme: Any) -> Figure:
    """A figure of the draft of the document's year. Raises ValidationError when the programme has been decided."""
    if values.get("value") is None:
        raise ValidationError(_("Give the value of the figure first."), code="no-value")
    into = programme_for(actor=actor, document=proposal.document)
    place = {"unit": values.get("unit") or "", "year": values.get("year")}
    given = {
        "subject": _free_subject(into, values, place),
        "value": Decimal(str(values["value"])),
        "is_demo": proposal.document.is_demo,
        **place,
    }
    return actions.add_figure(actor=actor, programme=into, values=given)


def _free_subject(programme: Programme, values: Values, place: Values) -> str:
    """The subject; the whole title, which holds the value, when another figure has that subject, unit and year."""
    subject = str(values.get("subject") or values["title"])[:200]
    taken = programme.figures.filter(subject=subject, **place).exists()
    return str(values["title"])[:200] if taken else subject


@identity("figure")
def same_figure(*, proposal: Proposal, values: Values) -> Figure | None:
    """The figure with this subject, value, unit and year in the programme of the document."""
    subject, year = plain(values.get("subject") or values["title"]), values.get("year")
    alike = _figures_of_value(proposal, values)
    return next((item for item in alike if plain(item.subject) == subject and item.year == year), None)


@matcher("figure")
def similar_figures(*, proposal: Proposal, values: Values, programme: Any) -> list[Figure]:
    """Figures of the programme with the same value and unit."""
    return _figures_of_value(proposal, values)[:MOST_LOOK_ALIKES]


def _figures_of_value(proposal: Proposal, values: Values) -> list[Figure]:
    into: Programme | None = programme_of(proposal.document)
    if into is None or values.get("value") is None:
        return []
    return list(into.figures.filter(value=Decimal(str(values["value"])), unit=values.get("unit") or ""))


def _alike(title: str, records: list[Any]) -> list[Any]:
    scored = [(fuzz.token_set_ratio(plain(title), plain(item.title)), item) for item in records]
    best = sorted((pair for pair in scored if pair[0] >= SIMILAR), key=lambda pair: -pair[0])
    return [item for _score, item in best[:MOST_LOOK_ALIKES]]
