"""The page of a programme, its form, its steps and its decision."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.design.timeline import Entry

from .. import actions, queries
from ..drawings import capacity_bars
from ..forms import ProgrammeForm, StepForm
from ..freezing import freeze_programme
from ..labels import PROGRAMME_STEPS, tone
from ..models import ActivityKind, ActivityState, ActivityStatus, Programme
from ..presenting import amount, euros, frozen_context
from ..transitions import PROGRAMME, STEPS_WITH_REASON
from .answering import FormPage, answer, refuse, require

STEP_ACTIONS: dict[str, Any] = {
    "consult": actions.consult_programme,
    "reopen": actions.reopen_programme,
    "send_to_minister": actions.send_to_minister,
    "send_to_parliament": actions.send_to_parliament,
}


def visible_programme(request: HttpRequest, slug: str) -> Programme:
    """The programme with this address, or 404 when the user may not see it."""
    found = Programme.objects.visible_to(request.user).select_related("perspective")
    return get_object_or_404(found, slug=slug)


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The overview: figures, steps, goals with their activities, versions and amendments."""
    shown = visible_programme(request, slug)
    found = queries.overview(shown, request.user)
    context = {
        "programme": shown,
        "overview": found,
        "tone": tone(shown.state),
        "figures": key_figures(shown, found),
        "bars": [(f"capacity-{index}", bars) for index, bars in enumerate(capacity_bars(shown, found))],
        "kinds": [(ActivityKind(kind).label, number) for kind, number in found.kinds.most_common()],
        "statuses": [(ActivityStatus(status).label, number) for status, number in found.statuses.most_common()],
        "steps": step_links(request, shown),
        "history": _steps_taken(shown),
        "stated_figures": [
            {"figure": item, "value": amount(item.value)} for item in shown.figures.visible_to(request.user)
        ],
        "versions": list(shown.versions.select_related("amendment").order_by("-number")),
        "amendments": [
            {"amendment": item, "tone": tone(item.state)} for item in shown.amendments.visible_to(request.user)
        ],
        "may_write": request.user.has_perm("programme.write_programme") and shown.is_draft,
        "may_choose": found.states[ActivityState.CANDIDATE]
        and shown.is_draft
        and request.user.has_perm("programme.choose_activity"),
        "may_add": request.user.has_perm("programme.add_activity") and shown.is_draft,
        "may_amend": request.user.has_perm("programme.propose_amendment") and shown.is_decided,
    }
    return render(request, "programme/programme.html", context)


def key_figures(programme: Programme, overview: queries.Overview) -> list[dict[str, Any]]:
    """The numbers on top of the page; what is not known is left out."""
    rows = [
        (str(overview.count), _("activities"), _open_candidates(overview)),
        (programme.available_budget, _("available budget"), ""),
        (programme.needed_budget, _("needed budget"), _short_of(programme.needed_budget, programme.available_budget)),
        (
            overview.budget or None,
            _("budget of the activities"),
            _short_of(overview.budget, programme.available_budget),
        ),
    ]
    staff = [
        (programme.available_fte, _("available staff"), ""),
        (programme.needed_fte, _("needed staff"), _short_of(programme.needed_fte, programme.available_fte, fte=True)),
        (
            overview.fte or None,
            _("staff for the activities"),
            _short_of(overview.fte, programme.available_fte, fte=True),
        ),
    ]
    money = [(value if isinstance(value, str) or value is None else euros(value), "", *rest) for value, *rest in rows]
    people = [(None if value is None else amount(value), _("fte"), *rest) for value, *rest in staff]
    names = ("value", "unit", "label", "note")
    return [dict(zip(names, row, strict=True)) for row in (*money, *people) if row[0] is not None]


def _open_candidates(overview: queries.Overview) -> str:
    candidates = overview.states[ActivityState.CANDIDATE]
    if overview.proposed:
        return ngettext(
            "and %(number)s candidate that came up in its year",
            "and %(number)s candidates that came up in its year",
            candidates,
        ) % {"number": candidates}
    return _("of which %(number)s candidates") % {"number": candidates} if candidates else ""


def _short_of(asked: Any, available: Any, *, fte: bool = False) -> str:
    if asked is None or available is None or asked <= available:
        return ""
    more = amount(asked - available) if fte else euros(asked - available)
    return _("%(amount)s more than available") % {"amount": more}


def step_links(request: HttpRequest, programme: Programme) -> list[dict[str, Any]]:
    """The steps that this user can take now, with their words and addresses."""
    links = []
    for step in PROGRAMME.allowed(programme.state):
        right = "decide_programme" if step == "decide" else "send_programme"
        if request.user.has_perm(f"programme.{right}", programme):
            links.append({"name": PROGRAMME_STEPS[step], "url": _step_url(programme, step), "step": step})
    return links


def _step_url(programme: Programme, step: str) -> str:
    if step == "decide":
        return reverse("programme:decide", args=[programme.slug])
    return reverse("programme:programme-step", args=[programme.slug, step])


def _steps_taken(programme: Programme) -> list[Entry]:
    steps = programme.steps.order_by("-id")
    return [
        Entry(step.on, step.get_state_display().capitalize(), step.person_name, step.reason, tone=tone(step.state))
        for step in steps
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """A new draft."""
    require(request, "programme.write_programme")
    form = ProgrammeForm(request.POST or None, user=request.user)
    page = FormPage(
        _("New work programme"), _("Add"), reverse("programme:programme-list"), done=_("The draft is there.")
    )
    if not queries.perspectives_for(request.user).exists():
        return redirect("programme:perspective-list")

    def act(sent: Any) -> Programme:
        values = dict(sent.values)
        perspective = values.pop("perspective")
        return actions.create_programme(actor=request.user, perspective=perspective, values=values)

    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Change a draft."""
    shown = visible_programme(request, slug)
    require(request, "programme.write_programme", shown)
    form = ProgrammeForm(request.POST or None, instance=visible_programme(request, slug), user=request.user)
    page = FormPage(_("Change the work programme"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Programme:
        return actions.edit_programme(
            actor=request.user, programme=shown, values=sent.values, revision=sent.shown_revision
        )

    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, step: str) -> HttpResponseBase:
    """Take a step other than the decision, with its day and reason."""
    shown = visible_programme(request, slug)
    if step not in STEP_ACTIONS:
        raise Http404
    require(request, "programme.send_programme", shown)
    if step not in PROGRAMME.allowed(shown.state):
        return refuse(request, _not_now(shown), shown)
    form = StepForm(request.POST or None, needs_reason=step in STEPS_WITH_REASON)
    page = FormPage(PROGRAMME_STEPS[step], _("Record"), shown.get_absolute_url(), done=_("Recorded."))

    def act(sent: Any) -> Programme:
        given = {"on": sent.cleaned_data["on"], "reason": sent.cleaned_data["reason"]}
        taken: Programme = STEP_ACTIONS[step](actor=request.user, programme=shown, **given)
        return taken

    return answer(request, form=form, act=act, page=page, record=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What will be frozen, and the decision itself."""
    shown = visible_programme(request, slug)
    require(request, "programme.decide_programme", shown)
    if "decide" not in PROGRAMME.allowed(shown.state):
        return refuse(request, _not_now(shown), shown)
    form = StepForm(request.POST or None, initial={"revision": shown.revision})
    page = FormPage(
        _("Decide the work programme"),
        _("Decide and freeze"),
        shown.get_absolute_url(),
        template="programme/decide.html",
        done=_("The work programme has been decided."),
    )

    def act(sent: Any) -> Any:
        given = {"on": sent.cleaned_data["on"], "reason": sent.cleaned_data["reason"]}
        return actions.decide_programme(
            actor=request.user, programme=shown, revision=sent.cleaned_data["revision"] or 0, **given
        )

    candidates = list(shown.activities.filter(state=ActivityState.CANDIDATE))
    frozen = frozen_context(freeze_programme(shown))
    return answer(request, form=form, act=act, page=page, programme=shown, candidates=candidates, **frozen)


def _not_now(programme: Programme) -> ValidationError:
    message = _("This step cannot be taken while the work programme is “%(state)s”.")
    return ValidationError(message, params={"state": programme.get_state_display()})
