"""What can be done with teams: who belongs to one decides what somebody sees, so every change is recorded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..events.actions import action
from ..events.recording import record, snapshot
from .access import is_staff_member
from .models import Team, TeamMember, User

SHOWN = ["name", "is_active"]


@action("accounts.add_team", permission="accounts.manage_users")
def add_team(*, actor: Any, name: str, is_demo: bool = False) -> Team:
    """A new team. Raises ValidationError for a name that is taken."""
    team = Team(name=name, is_demo=is_demo)
    team.full_clean()
    team.save()
    record(actor=actor, action="accounts.add_team", about=team, after=snapshot(team, fields=SHOWN))
    return team


@action("accounts.edit_team", permission="accounts.manage_users")
def edit_team(*, actor: Any, team: Team, name: str, is_active: bool) -> Team:
    """Another name, or in use or not. A team that is not in use keeps its members and what is open to it."""
    before = snapshot(team, fields=SHOWN)
    team.name, team.is_active = name, is_active
    team.full_clean()
    team.save()
    record(actor=actor, action="accounts.edit_team", about=team, before=before, after=snapshot(team, fields=SHOWN))
    return team


@action("accounts.join_team", permission="accounts.manage_users")
def join_team(*, actor: Any, team: Team, user: User, is_lead: bool = False) -> TeamMember:
    """Put somebody in a team, from today. Raises ValidationError for who is no staff, or is in it already."""
    if not is_staff_member(user):
        raise ValidationError({"user": _("Only staff belongs to a team.")}, code="staff")
    if not team.is_active:
        raise ValidationError(_("This team is no longer in use."), code="team")
    if TeamMember.objects.filter(team=team, user=user, ended_on__isnull=True).exists():
        raise ValidationError({"user": _("This person is in the team already.")}, code="double")
    member = TeamMember.objects.create(team=team, user=user, is_lead=is_lead)
    record(actor=actor, action="accounts.join_team", about=team, after={"person": str(user), "is_lead": is_lead})
    return member


@action("accounts.leave_team", permission="accounts.manage_users")
def leave_team(*, actor: Any, member: TeamMember) -> TeamMember:
    """Take somebody out of a team, at once. Raises ValidationError when that was done already."""
    if member.ended_on is not None:
        raise ValidationError(_("This person has left the team already."), code="ended")
    member.ended_on = localdate()
    member.save(update_fields=["ended_on"])
    record(actor=actor, action="accounts.leave_team", about=member.team, before={"person": str(member.user)})
    return member
