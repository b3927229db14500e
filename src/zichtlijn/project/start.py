"""What the start page says: what this is, what is mine, what changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.casefiles.registry import is_need_to_know
from zichtlijn.platform.design.timeline import Entry
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.wording import entries
from zichtlijn.platform.numbers import Capped, capped_count
from zichtlijn.platform.tasks.models import Job
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.programme.models import (
    Activity,
    Amendment,
    AmendmentState,
    Goal,
    Programme,
    ProgrammeState,
)
from zichtlijn.supervision.sources.models import CitationState, Document, Proposal, ProposalState

LOOKED_AT = 200
LOOKED_BACK = 20_000
SHOWN = 8
MOST_TASKS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for this user, and where to do it."""

    text: str
    url: str
    note: str = ""


def newest_programme(user: Any) -> Programme | None:
    """The programme of the last year that the user may see, decided ones first."""
    seen = Programme.objects.visible_to(user).order_by("-year")
    decided = seen.exclude(state__in=[ProgrammeState.DRAFT, ProgrammeState.CONSULTED])
    found: Programme | None = decided.exclude(title__contains="(demo)").first() or decided.first() or seen.first()
    return found


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the line of sight on the start page: what it is, how many there are, where to see them."""

    name: str
    count: Capped
    url: str
    icon: str
    explanation: str


def line_stages(user: Any) -> list[Stage]:
    """The line of sight as far as the product has it, with what the user may see of each stage."""
    stages: list[tuple[Any, str, str, str, str]] = [
        (Document, "sources:document-list", "source", _("Sources"), _("where it is written")),
        (Goal, "programme:perspective-list", "goal", _("Goals"), _("what we want to bring about")),
        (Activity, "programme:activity-list", "activity", _("Activities"), _("what we look at this year")),
        (Organisation, "field:organisation-list", "organisation", _("Organisations"), _("whom it is about")),
        (Chain, "field:chain-list", "chain", _("Chains"), _("who hands over to whom")),
    ]
    return [
        Stage(name, capped_count(model._default_manager.visible_to(user)), reverse(route), icon, explanation)
        for model, route, icon, name, explanation in stages
    ]


def tasks_of(user: Any) -> list[Task]:
    """What waits for this user: proposals to review, decisions to take, jobs that stopped, lost citations."""
    found: list[Task] = []
    # Asked of all staff alike, so that the page asks the same number of statements whatever the rights.
    proposals = _proposals(user) if is_staff_member(user) else []
    if user.has_perm("sources.decide_proposal"):
        found += proposals
    if user.has_perm("programme.decide_programme"):
        found += _decisions(user)
    if is_staff_member(user):
        found += _lost_citations(user)
    stopped = Job.objects.visible_to(user).filter(owner=user, state__in=[Job.State.FAILED, Job.State.INTERRUPTED])
    found += [Task(_("An import that did not end well"), reverse("tasks:job", args=[job.pk])) for job in stopped[:3]]
    return found[:MOST_TASKS]


def _proposals(user: Any) -> list[Task]:
    open_ones = Proposal.objects.visible_to(user).filter(state=ProposalState.OPEN)
    counted = open_ones.values("run__document").annotate(count=models.Count("pk")).order_by("-run__document")
    rows = {row["run__document"]: row["count"] for row in counted[:MOST_TASKS]}
    documents = Document.objects.visible_to(user).in_bulk(list(rows))
    return [
        Task(
            ngettext("%(count)d proposal to review", "%(count)d proposals to review", count) % {"count": count},
            reverse("sources:review", args=[key]),
            str(documents[key]),
        )
        for key, count in rows.items()
        if key in documents
    ]


def _decisions(user: Any) -> list[Task]:
    programmes = Programme.objects.visible_to(user).filter(state=ProgrammeState.CONSULTED)
    amendments = Amendment.objects.visible_to(user).filter(state=AmendmentState.PROPOSED)
    return [
        *(Task(_("Work programme to decide"), item.get_absolute_url(), str(item)) for item in programmes[:3]),
        *(Task(_("Amendment to decide"), item.get_absolute_url(), str(item)) for item in amendments[:3]),
    ]


def _lost_citations(user: Any) -> list[Task]:
    documents = Document.objects.visible_to(user).filter(citations__state=CitationState.UNMATCHED).distinct()[:1]
    if not documents:
        return []
    return [Task(_("Citations that no longer match their document"), reverse("sources:unmatched"), str(documents[0]))]


def recent_changes(user: Any) -> list[Entry]:
    """The newest events about objects that the user may see; a run of the same action by one person is one line."""
    looked_at = _newest_events(user)
    seen = _visible_records(looked_at, user)
    visible = [event for event in looked_at if _key(event) in seen]
    runs = [list(run) for _same, run in groupby(visible, key=lambda event: (event.action, event.actor_id))][:SHOWN]
    lines = entries([run[0] for run in runs], with_object=True, with_changes=False)
    return [
        replace(line, url=_address(seen[_key(run[0])]), what=_with_others(line.what, len(run)), reason="")
        for run, line in zip(runs, lines, strict=True)
    ]


def _newest_events(user: Any) -> list[Event]:
    """The newest events that this user may hear of.

    Those about case files are looked for apart: a burst of intake that the user may not see would hide all the rest.
    """
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    recent = Event.objects.filter(id__gt=newest - LOOKED_BACK).order_by("-id").defer("before", "after")
    about_files = [model._meta.label_lower for model in apps.get_models() if is_need_to_know(model)]
    found = list(recent.exclude(object_type__in=about_files)[:LOOKED_AT])
    if is_staff_member(user):
        found += recent.filter(object_type__in=about_files)[:LOOKED_AT]
    return sorted(found, key=lambda event: -event.pk)


def _key(event: Event) -> tuple[str, str]:
    return (event.object_type, event.object_id)


def _with_others(what: Any, count: int) -> Any:
    if count == 1:
        return what
    others = ngettext("and %(count)d other", "and %(count)d others", count - 1) % {"count": count - 1}
    return f"{what} {others}"


def _visible_records(events: list[Event], user: Any) -> dict[tuple[str, str], models.Model]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        wanted[event.object_type].add(event.object_id)
    seen: dict[tuple[str, str], models.Model] = {}
    for label, keys in wanted.items():
        try:
            manager: Any = apps.get_model(label)._default_manager
        except LookupError:
            continue
        if hasattr(manager, "visible_to"):
            long = [field.name for field in manager.model._meta.concrete_fields if isinstance(field, models.TextField)]
            for record in manager.visible_to(user).filter(pk__in=keys).defer(*long):
                seen[label, str(record.pk)] = record
    return seen


def _address(record: Any) -> str:
    address: str = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
    return address
