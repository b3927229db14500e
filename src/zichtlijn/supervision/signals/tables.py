"""The work list: everything that came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import Team
from zichtlijn.platform.design.tags.content import status
from zichtlijn.platform.lists.columns import Column
from zichtlijn.platform.lists.filters import (
    Chip,
    ChoiceFilter,
    Cleaned,
    DateRangeFilter,
    Filter,
    FoundFilter,
    MultiChoiceFilter,
    RecordFilter,
    Rows,
)
from zichtlijn.platform.lists.tables import AddLink, Bulk, BulkStep, Table
from zichtlijn.supervision.field.models import Domain, Organisation

from .labels import stage_in_words, term_badge, tone
from .models import OPEN_STATES, Channel, Outcome, Signal, SignalKind, SignalState
from .queries.signal import find_by_reference

WHOSE = [("mine", _("mine")), ("team", _("my team's")), ("unassigned", _("unassigned")), ("all", _("all"))]
SEEN_STATES = [pair for pair in SignalState.choices if pair[0] not in ("draft", "discarded")]


@dataclass(frozen=True)
class WhoseFilter(Filter):
    """The tabs of the work list. Without a choice of stage or outcome only what is still open; ``all`` shows all."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        return {self.name: forms.ChoiceField(choices=[("", ""), *WHOSE], required=False, widget=forms.HiddenInput)}

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        whose, user = cleaned.get(self.name), cleaned["user"]
        if whose != "all" and not (cleaned.get("state") or cleaned.get("outcome")):
            rows = rows.filter(state__in=OPEN_STATES)
        if whose == "mine":
            return rows.filter(assignee=user)
        if whose == "team":
            return rows.filter(team__in=own_teams(user))
        return rows.filter(assignee__isnull=True) if whose == "unassigned" else rows

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        return iter(())  # the tab says it


@dataclass(frozen=True)
class TermFilter(ChoiceFilter):
    """What is too late, or soon will be."""

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        now, asked = timezone.now(), cleaned.get(self.name)
        if asked == "late":
            return rows.filter(term_at__lte=now)
        if asked == "week":
            return rows.filter(term_at__gt=now, term_at__lte=now + timedelta(days=7))
        return rows.filter(term_at__isnull=asked == "none") if asked else rows


def own_teams(user: Any) -> list[int]:
    """The teams that somebody belongs to: one small query, so that the planner knows the values."""
    return list(user.team_members.filter(ended_on__isnull=True).values_list("team_id", flat=True))


def _subject(signal: Signal) -> SafeString:
    words = '<a class="utrecht-link" href="{}">{}</a><br><span class="zl-quiet zl-small">{}</span>'
    facts = [signal.reference, signal.get_kind_display(), *([_("demo")] if signal.is_demo else [])]
    return format_html(words, signal.get_absolute_url(), signal.subject, " · ".join(str(fact) for fact in facts))


def _stage_and_handler(signal: Signal) -> SafeString:
    """In one cell, so that the list fits a small screen: where it stands, and with whom."""
    stage = status(stage_in_words(signal), tone(signal.outcome or signal.state))
    if signal.assignee is None:
        return stage
    return format_html('{}<br><span class="zl-quiet zl-small">{}</span>', stage, _with_whom(signal.assignee))


def _with_whom(person: Any) -> str:
    return gettext("with %(person)s") % {"person": person}


def _short_organisation(signal: Signal) -> SafeString:
    name = signal.organisation.short_name if signal.organisation is not None else signal.organisation_as_told
    return format_html("{}", name)


def _day(signal: Signal) -> SafeString:
    received = timezone.localtime(signal.received_at)
    return format_html(
        '<time datetime="{}">{}</time>', received.isoformat(), date_format(received, "SHORT_DATE_FORMAT")
    )


def organisation_of(signal: Signal) -> str:
    """The organisation it is about; as it was told when nobody has chosen it yet."""
    return str(signal.organisation) if signal.organisation_id else signal.organisation_as_told


def _key_of(user: Any, text: str) -> int | None:
    """The key when a whole reference was typed."""
    found = find_by_reference(user, text) if "-" in text else None
    return found.pk if found else None


SIGNALS = Table(
    name="signals.signals",
    label=_("Work list"),
    columns=(
        Column("subject", _("What came in"), screen=_subject),
        Column("reference", _("Reference"), "reference", sort="id", on_screen=False),
        Column("kind", _("Kind"), "kind", on_screen=False),
        Column("channel", _("Came in by"), "channel", on_screen=False),
        Column("organisation", _("Organisation"), organisation_of, screen=_short_organisation),
        Column("domain", _("Domain"), "domain.name", on_screen=False),
        Column("received_at", _("Received"), sort="received_at", screen=_day),
        Column("term_at", _("Term"), sort="term_at", screen=term_badge),
        Column("state", _("Stage"), stage_in_words, sort="state", screen=_stage_and_handler),
        Column("assignee", _("Handled by"), lambda signal: str(signal.assignee or ""), on_screen=False),
        Column("team", _("Team"), lambda signal: str(signal.team or ""), on_screen=False),
        Column("closed_at", _("Closed at"), sort="closed_at", on_screen=False),
    ),
    filters=(
        FoundFilter("words", _("Words or reference"), model_label="signals.signal", exact=_key_of),
        WhoseFilter("whose", _("Whose")),
        MultiChoiceFilter("kind", _("Kind"), choices=SignalKind.choices),
        MultiChoiceFilter("channel", _("Came in by"), choices=Channel.choices),
        MultiChoiceFilter("state", _("Stage"), choices=SEEN_STATES),
        MultiChoiceFilter("outcome", _("Outcome"), choices=Outcome.choices),
        RecordFilter("organisation", _("Organisation"), records=Organisation.objects.visible_to),
        RecordFilter("domain", _("Domain"), records=Domain.objects.visible_to),
        RecordFilter("team", _("Team"), records=Team.objects.visible_to),
        TermFilter(
            "term",
            _("Term"),
            "term_at",
            choices=[("late", _("too late")), ("week", _("within a week")), ("none", _("no term"))],
        ),
        DateRangeFilter("received", _("Received"), "received_at"),
    ),
    default_sort="-received_at",
    empty=_("Nothing has come in. What people tell by telephone or letter is entered here."),
    bulk=Bulk(
        lambda: reverse("signals:bulk"),
        (
            BulkStep("take_up", _("Take up"), key="t"),
            BulkStep("assign", _("Assign"), key="a"),
            BulkStep("set_team", _("Choose the team")),
            BulkStep("bundle", _("Bundle")),
            BulkStep("open_incident", _("Open an incident file")),
            BulkStep("take_no_action", _("No action"), "subtle"),
        ),
        "signals.triage_signal",
    ),
    add=AddLink(_("Enter what came in"), lambda: reverse("signals:enter"), "signals.enter_signal"),
)
