"""The pages with which an administrator looks after teams."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import teams
from .forms import MemberForm, NewTeamForm, TeamForm
from .models import Team, TeamMember

for_administrators = permission_required("accounts.manage_users", raise_exception=True)


@require_GET
@for_administrators
def team_list(request: HttpRequest) -> HttpResponse:
    """Every team, those in use first."""
    counted = Team.objects.annotate(people=Count("members", filter=Q(members__ended_on__isnull=True)))
    return render(request, "accounts/team_list.html", {"teams": counted.order_by("-is_active", "name")})


@require_GET
@for_administrators
def team_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One team with who belongs to it."""
    team = get_object_or_404(Team, pk=pk)
    members = team.members.select_related("user").order_by("-is_lead", "user__full_name", "user__username")
    context = {"team": team, "members": members.filter(ended_on__isnull=True)}
    return render(request, "accounts/team.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def add_team(request: HttpRequest) -> HttpResponse:
    """A new team."""
    form = NewTeamForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (team := _try(form, teams.add_team, actor=request.user)) is not None:
        messages.success(request, _("The team is made. Put people in it."))
        return redirect("accounts:team", pk=team.pk)
    return _show(request, form, _("New team"))


@require_http_methods(["GET", "POST"])
@for_administrators
def edit_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or in use or not."""
    team = get_object_or_404(Team, pk=pk)
    given = request.POST if request.method == "POST" else None
    form = TeamForm(given, initial={"name": team.name, "is_active": team.is_active})
    if form.is_valid() and _try(form, teams.edit_team, actor=request.user, team=team) is not None:
        messages.success(request, _("The team is changed."))
        return redirect("accounts:team", pk=pk)
    return _show(request, form, _("Change team"), Team.objects.get(pk=pk))


@require_http_methods(["GET", "POST"])
@for_administrators
def join_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody in a team."""
    team = get_object_or_404(Team, pk=pk)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _try(form, teams.join_team, actor=request.user, team=team) is not None:
        messages.success(request, _("%(name)s is in the team.") % {"name": form.cleaned_data["user"]})
        return redirect("accounts:team", pk=pk)
    return _show(request, form, _("Put somebody in the team"), team)


@require_POST
@for_administrators
def leave_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of a team."""
    member = get_object_or_404(TeamMember.objects.select_related("team", "user"), pk=pk)
    try:
        teams.leave_team(actor=request.user, member=member)
        messages.success(request, _("%(name)s is no longer in the team.") % {"name": member.user})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:team", pk=member.team_id)


def _try(form: Any, act: Any, **values: Any) -> Any:
    """What the action gives; None when it refused, with the reason in the form."""
    try:
        return act(**values, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _show(request: HttpRequest, form: Any, title: str, team: Team | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "team": team}
    return render(request, "accounts/team_form.html", context, status=422 if form.errors else 200)
