"""The pages of perspectives, goals and spearheads."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.design.feedback import tell

from .. import actions, queries
from ..forms import GoalForm, PerspectiveForm, SpearheadForm
from ..models import Goal, Perspective, Spearhead
from .answering import FormPage, answer, refuse, require

WRITE = "programme.write_programme"


@require_safe
def perspective_list(request: HttpRequest) -> HttpResponse:
    """All perspectives with their goals."""
    shown = queries.perspectives_for(request.user)
    return render(request, "programme/perspectives.html", {"perspectives": shown, "may_write": _may_write(request)})


@require_safe
def perspective(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals, spearheads and programmes of one perspective."""
    shown = _visible_perspective(request, pk)
    context = {
        "perspective": shown,
        "goals": shown.goals.visible_to(request.user),
        "spearheads": shown.spearheads.visible_to(request.user),
        "programmes": queries.programmes_for(request.user).filter(perspective=shown),
        "may_write": _may_write(request),
    }
    return render(request, "programme/perspective.html", context)


@require_safe
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """What the goal is, how it is seen, and the activities that serve it."""
    shown = _visible_goal(request, pk)
    context = {
        "goal": shown,
        "perspective": shown.perspective,
        "activities": queries.activities_concerning(shown, "goals", request.user),
        "indicators": [line.strip() for line in shown.indicators.splitlines() if line.strip()],
        "may_write": _may_write(request),
    }
    return render(request, "programme/goal.html", context)


def _may_write(request: HttpRequest) -> bool:
    return request.user.has_perm(WRITE)


def _visible_perspective(request: HttpRequest, pk: int) -> Perspective:
    return get_object_or_404(Perspective.objects.visible_to(request.user), pk=pk)


def _visible_goal(request: HttpRequest, pk: int) -> Goal:
    found: Goal = get_object_or_404(Goal.objects.visible_to(request.user).select_related("perspective"), pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def add_perspective(request: HttpRequest) -> HttpResponseBase:
    """A new perspective."""
    require(request, WRITE)
    page = FormPage(_("New multi-year perspective"), _("Add"), reverse("programme:perspective-list"))

    def act(sent: Any) -> Perspective:
        return actions.create_perspective(actor=request.user, values=sent.values)

    return answer(request, form=PerspectiveForm(request.POST or None), act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_perspective(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a perspective."""
    shown = _visible_perspective(request, pk)
    require(request, WRITE, shown)
    form = PerspectiveForm(request.POST or None, instance=_visible_perspective(request, pk))
    page = FormPage(_("Change the perspective"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Perspective:
        return actions.edit_perspective(
            actor=request.user, perspective=shown, values=sent.values, revision=sent.shown_revision
        )

    return answer(request, form=form, act=act, page=page, record=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add_goal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new goal of a perspective."""
    shown = _visible_perspective(request, pk)
    require(request, WRITE)
    form = GoalForm(request.POST or None, instance=Goal(perspective=shown))
    page = FormPage(_("Add a goal"), _("Add"), shown.get_absolute_url(), lead=shown.title)

    def act(sent: Any) -> Goal:
        return actions.create_goal(actor=request.user, perspective=shown, values=sent.values)

    return answer(request, form=form, act=act, page=page, record=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_goal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a goal."""
    shown = _visible_goal(request, pk)
    require(request, WRITE, shown)
    form = GoalForm(request.POST or None, instance=_visible_goal(request, pk))
    page = FormPage(_("Change the goal"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Goal:
        return actions.edit_goal(actor=request.user, goal=shown, values=sent.values, revision=sent.shown_revision)

    return answer(request, form=form, act=act, page=page, record=shown)


@require_POST
def remove_goal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take away a goal that nothing rests on."""
    shown = _visible_goal(request, pk)
    try:
        actions.remove_goal(actor=request.user, goal=shown)
    except ValidationError as refused:
        return refuse(request, refused, shown)
    tell(request, _("The goal has been taken away."))
    return redirect(shown.perspective)


@require_http_methods(["GET", "HEAD", "POST"])
def add_spearhead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new accent over all goals."""
    shown = _visible_perspective(request, pk)
    require(request, WRITE)
    form = SpearheadForm(request.POST or None, instance=Spearhead(perspective=shown))
    page = FormPage(_("Add a spearhead"), _("Add"), shown.get_absolute_url(), lead=shown.title)

    def act(sent: Any) -> Spearhead:
        return actions.create_spearhead(actor=request.user, perspective=shown, values=sent.values)

    return answer(request, form=form, act=act, page=page, record=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_spearhead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change an accent."""
    found = Spearhead.objects.visible_to(request.user).select_related("perspective")
    shown = get_object_or_404(found, pk=pk)
    require(request, WRITE, shown)
    form = SpearheadForm(request.POST or None, instance=get_object_or_404(found, pk=pk))
    page = FormPage(_("Change the spearhead"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Spearhead:
        return actions.edit_spearhead(
            actor=request.user, spearhead=shown, values=sent.values, revision=sent.shown_revision
        )

    return answer(request, form=form, act=act, page=page, record=shown)
