"""The page of an activity, its form and its steps."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.design.feedback import tell

from .. import actions, queries
from ..forms import ActivityForm, CandidatesForm, ReasonForm
from ..labels import ACTIVITY_STEPS, UNDO, tone
from ..models import Activity, ActivityState, Programme, ProgrammeState
from ..presenting import amount, euros
from ..transitions import ACTIVITY, CHOICE_STEPS, STEPS_WITH_REASON, WORK_STEPS
from .answering import FormPage, answer, refuse, require
from .programmes import visible_programme

STEP_ACTIONS: dict[str, Any] = {
    "choose": actions.choose_activity,
    "unchoose": actions.unchoose_activity,
    "drop": actions.drop_activity,
    "restore": actions.restore_activity,
    "start": actions.start_activity,
    "pause": actions.pause_activity,
    "finish": actions.finish_activity,
    "reopen": actions.reopen_activity,
}
LOOKS = {"choose": "primary", "start": "primary", "finish": "primary", "drop": "subtle"}


def visible_activity(request: HttpRequest, pk: int) -> Activity:
    """The activity, or 404 when the user may not see it."""
    return get_object_or_404(queries.activities_for(request.user), pk=pk)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, what it serves, whom it concerns, what it asks; then the panels of the other apps."""
    shown = visible_activity(request, pk)
    programme = shown.programme
    context = {
        "activity": shown,
        "programme": programme,
        "tone": tone(shown.state),
        "status_tone": tone(shown.status),
        "steps": step_links(request, shown),
        "changes": list(shown.amendment_changes.visible_to(request.user).select_related("amendment")),
        "fte": "" if shown.fte is None else amount(shown.fte),
        "budget": "" if shown.budget is None else euros(shown.budget),
        "hours": ", ".join(f"{need.expertise}: {amount(need.hours)}" for need in shown.capacity_needs.all()),
        "amend_url": reverse("programme:amendment-add", args=[programme.slug]) + f"?activity={shown.pk}",
        "may_edit": programme.is_draft and request.user.has_perm("programme.change_activity", shown),
        "may_amend": programme.is_decided and request.user.has_perm("programme.propose_amendment", programme),
    }
    return render(request, "programme/activity.html", context)


def possible_steps(activity: Activity) -> tuple[str, ...]:
    """The steps of the table that fit the state of the programme; amendments make the others."""
    phase = CHOICE_STEPS if activity.programme.is_draft else WORK_STEPS if activity.programme.is_decided else ()
    return tuple(step for step in ACTIVITY.allowed(activity.state) if step in phase)


def permission_for(step: str) -> str:
    """The permission that a step asks."""
    return "programme.choose_activity" if step in CHOICE_STEPS else "programme.progress_activity"


def step_links(request: HttpRequest, activity: Activity) -> list[dict[str, Any]]:
    """The steps that this user can take now; those that need a reason open a page that asks for it."""
    return [
        {
            "name": ACTIVITY_STEPS[step],
            "url": reverse("programme:activity-step", args=[activity.pk, step]),
            "asks": step in STEPS_WITH_REASON,
            "look": LOOKS.get(step, "secondary"),
        }
        for step in possible_steps(activity)
        if request.user.has_perm(permission_for(step), activity)
    ]


@require_safe
def choose_programme(request: HttpRequest) -> HttpResponseBase:
    """Where should a new activity go: the only draft at once, otherwise a choice."""
    require(request, "programme.add_activity")
    drafts = list(Programme.objects.visible_to(request.user).filter(state=ProgrammeState.DRAFT))
    if len(drafts) == 1:
        return redirect("programme:activity-add", slug=drafts[0].slug)
    return render(request, "programme/choose_programme.html", {"drafts": drafts})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new candidate."""
    programme = visible_programme(request, slug)
    require(request, "programme.add_activity")
    if not programme.is_draft:
        return refuse(request, ValidationError(_("Activities are added while the programme is a draft.")), programme)
    form = ActivityForm(
        request.POST or None, instance=Activity(programme=programme), programme=programme, user=request.user
    )
    page = FormPage(_("Add an activity"), _("Add"), programme.get_absolute_url(), done=_("The activity is there."))

    @transaction.atomic
    def act(sent: Any) -> Activity:
        token = sent.cleaned_data["submission"]
        made = actions.create_activity(actor=request.user, programme=programme, values=_values(sent), submission=token)
        if sent.cleaned_data["hours"]:
            actions.set_capacity(actor=request.user, activity=made, hours=sent.cleaned_data["hours"])
        return made

    return answer(request, form=form, act=act, page=page, record=programme)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change an activity of a draft."""
    shown = visible_activity(request, pk)
    if not shown.programme.is_draft:
        message = _("This work programme is no draft. A decided one changes by amendment.")
        return refuse(request, ValidationError(message), shown)
    require(request, "programme.change_activity", shown)
    form = ActivityForm(
        request.POST or None,
        instance=visible_activity(request, pk),
        programme=shown.programme,
        user=request.user,
    )
    page = FormPage(_("Change the activity"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    @transaction.atomic
    def act(sent: Any) -> Activity:
        reason = sent.cleaned_data["reason"]
        changed = actions.edit_activity(
            actor=request.user, activity=shown, values=_values(sent), revision=sent.shown_revision, reason=reason
        )
        hours = sent.cleaned_data["hours"]
        return actions.set_capacity(actor=request.user, activity=changed, hours=hours, reason=reason)

    return answer(request, form=form, act=act, page=page, record=shown)


def _values(form: ActivityForm) -> dict[str, Any]:
    return {name: value for name, value in form.values.items() if name != "submission"}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Take a step. One that needs a reason asks for it; after the others there is an undo."""
    shown = visible_activity(request, pk)
    if step not in STEP_ACTIONS:
        raise Http404
    require(request, permission_for(step), shown)
    if step not in possible_steps(shown):
        message = _("This step cannot be taken while the activity is “%(state)s”.")
        return refuse(request, ValidationError(message, params={"state": shown.get_state_display()}), shown)
    asks = step in STEPS_WITH_REASON and "undo" not in request.GET
    form = ReasonForm(request.POST if request.method == "POST" else None, needs_reason=asks)
    page = FormPage(ACTIVITY_STEPS[step], ACTIVITY_STEPS[step], shown.get_absolute_url(), lead=shown.title)

    def act(sent: Any) -> Activity:
        reason = sent.cleaned_data["reason"] or (_("Taken back at once.") if "undo" in request.GET else "")
        changed: Activity = STEP_ACTIONS[step](actor=request.user, activity=shown, reason=reason)
        said = _("“%(title)s” is now: %(state)s.") % {"title": shown.title, "state": changed.get_state_display()}
        tell(request, said, undo_url=_undo_url(step, shown))
        return changed

    return answer(request, form=form, act=act, page=page, record=shown)


def _undo_url(step: str, activity: Activity) -> str:
    if step not in UNDO:
        return ""
    return reverse("programme:activity-step", args=[activity.pk, UNDO[step]]) + "?undo=1"


@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Choose or drop several candidates of a draft at once."""
    programme = visible_programme(request, slug)
    require(request, "programme.choose_activity")
    found = Activity.objects.visible_to(request.user).filter(programme=programme, state=ActivityState.CANDIDATE)
    if not programme.is_draft or not found.exists():
        return refuse(request, ValidationError(_("There are no candidates to choose from.")), programme)
    form = CandidatesForm(request.POST or None, candidates=found)
    page = FormPage(_("Choose from the candidates"), _("Save"), programme.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Programme:
        given = {"activities": sent.cleaned_data["activities"], "reason": sent.cleaned_data["reason"]}
        take = actions.drop_candidates if sent.cleaned_data["step"] == "drop" else actions.choose_candidates
        take(actor=request.user, **given)
        return programme

    return answer(request, form=form, act=act, page=page, record=programme)
