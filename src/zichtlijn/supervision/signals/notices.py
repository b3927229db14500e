"""Who is told what of what comes in. Called from ``telling.tell``, in the transaction of what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import TeamMember
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.notices.registry import register_kinds
from zichtlijn.platform.notices.telling import tell_people

from .models import Channel, IncidentRole, IncidentWeighing, OwnEvaluation, Signal

FROM_ACCOUNTS = (Channel.ACCOUNT, Channel.API)
DECIDERS = (Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)
Tell = Callable[[Any, Any, dict[str, Any]], object]

register_kinds(
    {
        "signals.assigned": _("%(what)s was assigned to you."),
        "signals.answered": _("An answer came in to %(what)s."),
        "signals.added": _("Something was added to %(what)s."),
        "signals.closing_reported": _("The closing report of %(what)s came in."),
        "signals.evaluation_handed_in": _("The own evaluation asked for with %(what)s was handed in."),
        "signals.weighing_to_decide": _("The weighing %(what)s of an incident waits for a decision."),
        "signals.weighing_sent_back": _("The weighing %(what)s of an incident was sent back."),
        "signals.weighing_decided": _("The weighing %(what)s of an incident was decided on."),
        "signals.role_given": _("You were given a role in incident file %(what)s."),
        "signals.evaluation_asked": _("An own evaluation is asked of you with %(what)s, by %(day)s."),
        "signals.supplement_asked": _("A supplement to your own evaluation with %(what)s is asked, by %(day)s."),
        "signals.evaluation_extended": _("You have until %(day)s for the own evaluation with %(what)s."),
        "signals.evaluation_judged": _("Your own evaluation with %(what)s was judged."),
        "signals.evaluation_withdrawn": _("The own evaluation with %(what)s is no longer asked of you."),
        "signals.said_to_you": _("The inspectorate wrote to you about %(what)s."),
        "signals.handled": _("The inspectorate has closed %(what)s."),
    }
)


def tell_who_needs_it(*, actor: Any, action: str, about: models.Model, before: dict[str, Any]) -> None:
    """Tell the people whom this concerns; for most of what happens there is nobody."""
    tell = _TOLD.get((type(about), action))
    if tell is not None:
        tell(actor, about, before)


def handlers_of(signal: Signal) -> list[Any]:
    """Who handles a signal: who it was assigned to, else those who lead its team, else all of the team."""
    if signal.assignee_id:
        return [signal.assignee]
    if signal.team_id is None:
        return []
    members = list(TeamMember.objects.filter(team=signal.team_id, ended_on__isnull=True).select_related("user"))
    return [member.user for member in members if member.is_lead] or [member.user for member in members]


def people_of(organisation_id: int | None) -> list[Any]:
    """The accounts that speak for an organisation."""
    if organisation_id is None:
        return []
    accounts = {"organisation_accounts__organisation": organisation_id, "organisation_accounts__ended_on": None}
    return list(get_user_model()._default_manager.filter(**accounts).distinct())


def _assigned(actor: Any, signal: Signal, before: dict[str, Any]) -> None:
    if signal.assignee_id and signal.assignee_id != before.get("assignee"):
        tell_people([signal.assignee], "signals.assigned", about=signal, actor=actor)


def _to_handlers(kind: str) -> Tell:
    return lambda actor, signal, _before: tell_people(handlers_of(signal), kind, about=signal, actor=actor)


def _handed_in(actor: Any, evaluation: OwnEvaluation, _before: dict[str, Any]) -> None:
    signal = evaluation.signal
    people, address = handlers_of(signal), evaluation.get_absolute_url()
    tell_people(people, "signals.evaluation_handed_in", about=signal, actor=actor, url=address)


def _to_organisation(kind: str, *, with_day: bool = False) -> Tell:
    """Of an own evaluation: the organisation may not see the signal, nor know its reference."""

    def tell(actor: Any, evaluation: OwnEvaluation, _before: dict[str, Any]) -> None:
        day = evaluation.due_on if with_day else None
        people, what = people_of(evaluation.organisation_id), evaluation.reference_outside
        tell_people(people, kind, about=evaluation, actor=actor, what=what, day=day)

    return tell


def _to_notifier(kind: str) -> Tell:
    """Of a notification: the organisation that sent it in reads it on a page of its own."""

    def tell(actor: Any, signal: Signal, _before: dict[str, Any]) -> None:
        if signal.channel in FROM_ACCOUNTS:
            address = reverse("signals:notification", args=[signal.pk])
            tell_people(people_of(signal.organisation_id), kind, about=signal, actor=actor, url=address)

    return tell


def _to_deciders(actor: Any, weighing: IncidentWeighing, _before: dict[str, Any]) -> None:
    makers = set(weighing.makers.values_list("pk", flat=True)) | {weighing.made_by_id}
    people: Iterable[Any] = get_user_model()._default_manager.filter(role__in=DECIDERS, is_active=True)
    deciders = [person for person in people if person.pk not in makers]
    tell_people(deciders, "signals.weighing_to_decide", about=weighing, actor=actor)


def _to_makers(kind: str) -> Tell:
    def tell(actor: Any, weighing: IncidentWeighing, _before: dict[str, Any]) -> None:
        makers = {person.pk: person for person in weighing.makers.all()}
        if weighing.made_by is not None:
            makers[weighing.made_by.pk] = weighing.made_by
        tell_people(makers.values(), kind, about=weighing, actor=actor)

    return tell


def tell_role(*, actor: Any, role: IncidentRole) -> None:
    """Tell somebody that a role in an incident is theirs."""
    tell_people([role.user], "signals.role_given", about=role.incident, actor=actor)


_TOLD: dict[tuple[type[models.Model], str], Tell] = {
    (Signal, "signals.assign"): _assigned,
    (Signal, "signals.enter"): _assigned,
    (Signal, "signals.answer"): _to_handlers("signals.answered"),
    (Signal, "signals.add_to_signal"): _to_handlers("signals.added"),
    (Signal, "signals.add_to_notification"): _to_handlers("signals.added"),
    (Signal, "signals.report_closing"): _to_handlers("signals.closing_reported"),
    (Signal, "signals.ask_sender"): _to_notifier("signals.said_to_you"),
    (Signal, "signals.reply"): _to_notifier("signals.said_to_you"),
    (Signal, "signals.take_no_action"): _to_notifier("signals.handled"),
    (Signal, "signals.pass_on"): _to_notifier("signals.handled"),
    (Signal, "signals.add_to_activity"): _to_notifier("signals.handled"),
    (Signal, "signals.finish_in_incident"): _to_notifier("signals.handled"),
    (Signal, "signals.propose_investigation"): _to_notifier("signals.handled"),
    (OwnEvaluation, "signals.hand_in"): _handed_in,
    (OwnEvaluation, "signals.ask_evaluation"): _to_organisation("signals.evaluation_asked", with_day=True),
    (OwnEvaluation, "signals.ask_supplement"): _to_organisation("signals.supplement_asked", with_day=True),
    (OwnEvaluation, "signals.extend"): _to_organisation("signals.evaluation_extended", with_day=True),
    (OwnEvaluation, "signals.judge_evaluation"): _to_organisation("signals.evaluation_judged"),
    (OwnEvaluation, "signals.withdraw_evaluation"): _to_organisation("signals.evaluation_withdrawn"),
    (IncidentWeighing, "signals.submit_weighing"): _to_deciders,
    (IncidentWeighing, "signals.send_back"): _to_makers("signals.weighing_sent_back"),
    (IncidentWeighing, "signals.investigate"): _to_makers("signals.weighing_decided"),
    (IncidentWeighing, "signals.decline"): _to_makers("signals.weighing_decided"),
}
