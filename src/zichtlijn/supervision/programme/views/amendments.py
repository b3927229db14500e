"""The page of an amendment, its changes with a preview, and its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.design.tables import Column
from zichtlijn.platform.numbers import whole_number

from .. import actions, queries
from ..actions.amendments import planned_change
from ..amending import Effect, effect_of, fields_of
from ..drawings import effect_bars
from ..forms import ActivityForm, AmendmentForm, ChosenActivityForm, ReasonForm, StepForm
from ..forms.revised import add_errors
from ..freezing import CONTENT_FIELDS
from ..labels import AMENDMENT_STEPS, tone
from ..models import Activity, ActivityState, Amendment, AmendmentChange, AmendmentState, ChangeKind
from ..presenting import amount, changes_of, euros
from ..transitions import AMENDMENT, STEPS_WITH_REASON
from .answering import FormPage, answer, refuse, require
from .programmes import visible_programme

PROPOSE = "programme.propose_amendment"
EFFECT_COLUMNS = [
    Column(gettext_lazy("What")),
    *(
        Column(words, numeric=True)
        for words in (
            gettext_lazy("Before"),
            gettext_lazy("After"),
            gettext_lazy("Difference"),
            gettext_lazy("Available"),
            gettext_lazy("Left"),
        )
    ),
]
STEP_ACTIONS: dict[str, Any] = {
    "propose": actions.propose_amendment,
    "withdraw": actions.withdraw_amendment,
    "reject": actions.reject_amendment,
    "decide": actions.decide_amendment,
}


def _visible_amendment(request: HttpRequest, pk: int) -> Amendment:
    return get_object_or_404(queries.amendments_for(request.user), pk=pk)


@require_safe
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """Reason, changes before and after, effect on capacity and budget, and the steps that can be taken."""
    shown = _visible_amendment(request, pk)
    effect = effect_of(shown)
    prepared = shown.state == AmendmentState.PREPARED
    context = {
        "amendment": shown,
        "programme": shown.programme,
        "tone": tone(shown.state),
        "changes": [(item, change_rows(item)) for item in shown.changes.select_related("activity__programme")],
        "effect": effect_rows(effect),
        "effect_columns": EFFECT_COLUMNS,
        "bars": [(f"effect-{name}", effect_bars(effect, name)) for name in ("fte", "budget")],
        "steps": step_links(request, shown),
        "may_change": prepared and request.user.has_perm(PROPOSE, shown),
    }
    return render(request, "programme/amendment.html", context)


def change_rows(change: AmendmentChange) -> list[Any]:
    """What changes, field by field; of an added activity all that is filled in."""
    return changes_of(fields_of(change))


def effect_rows(effect: Effect) -> list[dict[str, Any]]:
    """Totals before and after, the difference, what is available and what is left of it."""
    words = {"activities": amount, "fte": amount, "budget": euros}
    names = {"activities": _("Activities"), "fte": _("Staff (fte)"), "budget": _("Budget")}
    rows = []
    for name, say in words.items():
        available = getattr(effect, f"available_{name}", None)
        left = effect.left(name) if available is not None else None
        rows.append(
            {
                "name": names[name],
                "before": say(effect.before[name]),
                "after": say(effect.after[name]),
                "difference": _signed(effect.added(name), say),
                "available": "" if available is None else say(available),
                "left": "" if left is None else say(left),
                "short": left is not None and left < 0,
            }
        )
    return rows


def _signed(value: Any, say: Any) -> str:
    return f"+{say(value)}" if value > 0 else f"−{say(-value)}" if value < 0 else say(value)


def step_links(request: HttpRequest, amendment: Amendment) -> list[dict[str, Any]]:
    """The steps that this user can take now."""
    links = []
    for step in AMENDMENT.allowed(amendment.state):
        if request.user.has_perm(permission_for(step), amendment):
            url = reverse("programme:amendment-step", args=[amendment.pk, step])
            look = "primary" if step in ("propose", "decide") else "secondary"
            links.append({"name": AMENDMENT_STEPS[step], "url": url, "look": look})
    return links


def permission_for(step: str) -> str:
    """The permission that a step asks."""
    return "programme.decide_amendment" if step in ("decide", "reject") else PROPOSE


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Begin an amendment; ``?activity=`` goes on to the change of that activity."""
    programme = visible_programme(request, slug)
    require(request, PROPOSE, programme)
    if not programme.is_decided:
        message = _("A work programme that has not been decided is edited, not amended.")
        return refuse(request, ValidationError(message), programme)
    page = FormPage(_("New amendment"), _("Go on"), programme.get_absolute_url(), lead=programme.title)

    def act(sent: Any) -> Any:
        made = actions.prepare_amendment(actor=request.user, programme=programme, **sent.cleaned_data)
        chosen = whole_number(request.GET.get("activity"))
        if chosen is None:
            return made
        candidates = Activity.objects.visible_to(request.user).filter(state=ActivityState.CANDIDATE)
        kind = ChangeKind.ADMIT if candidates.filter(pk=chosen).exists() else ChangeKind.CHANGE
        return reverse("programme:amendment-change", args=[made.pk, kind]) + f"?activity={chosen}"

    return answer(request, form=AmendmentForm(request.POST or None), act=act, page=page, record=programme)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which activity changes, and how."""
    shown = _prepared(request, pk)
    form = ChosenActivityForm(request.POST or None, amendment=shown, user=request.user)
    page = FormPage(_("Add a change"), _("Go on"), shown.get_absolute_url(), lead=shown.title)

    def act(sent: Any) -> str:
        kind, activity = sent.cleaned_data["kind"], sent.cleaned_data["activity"]
        url = reverse("programme:amendment-change", args=[shown.pk, kind])
        return f"{url}?activity={activity.pk}" if activity else url

    return answer(request, form=form, act=act, page=page, record=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Fill in one change; the preview beside the form shows before, after and effect."""
    shown = _prepared(request, pk)
    activity = _chosen_activity(request, shown, kind)
    form = _change_form(request, shown, activity, kind)
    titles = {
        ChangeKind.ADD: _("Add an activity by amendment"),
        ChangeKind.CHANGE: _("Change an activity by amendment"),
        ChangeKind.DROP: _("Drop an activity by amendment"),
        ChangeKind.REINSTATE: _("Reinstate an activity by amendment"),
        ChangeKind.ADMIT: _("Take a candidate into the programme by amendment"),
    }
    page = FormPage(
        titles[ChangeKind(kind)],
        _("Put in the amendment"),
        shown.get_absolute_url(),
        lead=activity.title if activity else "",
        template="programme/amendment_change.html",
    )

    def act(sent: Any) -> Amendment:
        actions.change_amendment(actor=request.user, amendment=shown, kind=kind, activity=activity, **_given(sent))
        return shown

    query = f"?activity={activity.pk}" if activity else ""
    address = reverse("programme:amendment-preview", args=[shown.pk, kind]) + query
    previewed = {} if form.is_bound else _previewed(shown, activity, kind, {"values": {}, "hours": None})
    return answer(request, form=form, act=act, page=page, record=shown, preview_url=address, **previewed)


@require_POST
def preview(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The part of the page that shows what the form would do; nothing is stored."""
    shown = _prepared(request, pk)
    activity = _chosen_activity(request, shown, kind)
    form = _change_form(request, shown, activity, kind)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            context = _previewed(shown, activity, kind, _given(form))
        except ValidationError as refused:
            add_errors(form, refused)
    return render(request, "programme/amendment_preview.html", {"form": form, **context})


def _previewed(amendment: Amendment, activity: Activity | None, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    if activity is None and not given["values"]:
        return {"effect": effect_rows(effect_of(amendment)), "effect_columns": EFFECT_COLUMNS}
    planned = planned_change(amendment=amendment, kind=kind, activity=activity, **given)
    others = [item for item in amendment.changes.all() if activity is None or item.activity_id != activity.pk]
    effect = effect_rows(effect_of(amendment, [*others, planned]))
    return {"rows": change_rows(planned), "effect": effect, "effect_columns": EFFECT_COLUMNS}


def _given(form: forms.BaseForm) -> dict[str, Any]:
    if not isinstance(form, ActivityForm):
        return {"values": {}, "hours": None}
    values = {name: value for name, value in form.values.items() if name in CONTENT_FIELDS}
    return {"values": values, "hours": form.cleaned_data["hours"]}


def _change_form(
    request: HttpRequest, amendment: Amendment, activity: Activity | None, kind: str
) -> ActivityForm | forms.Form:
    sent = request.POST if request.method == "POST" else None
    if kind in (ChangeKind.DROP, ChangeKind.REINSTATE):
        return forms.Form(sent)
    instance = visible_copy(request, activity) if activity else Activity(programme=amendment.programme)
    form = ActivityForm(sent, instance=instance, programme=amendment.programme, user=request.user)
    for name in ("reason", "submission"):
        form.fields.pop(name, None)
    return form


def visible_copy(request: HttpRequest, activity: Activity) -> Activity:
    """A second copy: a form writes what was sent into its instance, and the first must stay what is stored."""
    return get_object_or_404(queries.activities_for(request.user), pk=activity.pk)


def _chosen_activity(request: HttpRequest, amendment: Amendment, kind: str) -> Activity | None:
    if kind not in ChangeKind.values:
        raise Http404
    if kind == ChangeKind.ADD:
        return None
    chosen = whole_number(request.GET.get("activity"))
    if chosen is None:
        raise Http404
    found = queries.activities_for(request.user).filter(programme=amendment.programme)
    return get_object_or_404(found, pk=chosen)


def _prepared(request: HttpRequest, pk: int) -> Amendment:
    shown = _visible_amendment(request, pk)
    require(request, PROPOSE, shown)
    return shown


@require_POST
def remove(request: HttpRequest, pk: int, change_pk: int) -> HttpResponseBase:
    """Take a change out of the amendment."""
    shown = _visible_amendment(request, pk)
    found = get_object_or_404(AmendmentChange.objects.visible_to(request.user), pk=change_pk, amendment=shown)
    try:
        actions.remove_amendment_change(actor=request.user, amendment=shown, change=found)
    except ValidationError as refused:
        return refuse(request, refused, shown)
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Propose, withdraw, reject or decide."""
    shown = _visible_amendment(request, pk)
    if step not in STEP_ACTIONS:
        raise Http404
    require(request, permission_for(step), shown)
    if step not in AMENDMENT.allowed(shown.state):
        message = _("This step cannot be taken while the amendment is “%(state)s”.")
        return refuse(request, ValidationError(message, params={"state": shown.get_state_display()}), shown)
    form = _step_form(request, shown, step)
    page = FormPage(
        AMENDMENT_STEPS[step],
        AMENDMENT_STEPS[step],
        shown.get_absolute_url(),
        lead=shown.title,
        done=_("Recorded."),
        template="programme/amendment_step.html",
    )

    def act(sent: Any) -> Any:
        given = {name: value for name, value in sent.cleaned_data.items() if name in ("on", "reason")}
        if step == "decide":
            given["revision"] = sent.cleaned_data["revision"] or 0
        return STEP_ACTIONS[step](actor=request.user, amendment=shown, **given)

    context = {
        "changes": [(item, change_rows(item)) for item in shown.changes.select_related("activity")],
        "effect": effect_rows(effect_of(shown)),
        "effect_columns": EFFECT_COLUMNS,
    }
    return answer(request, form=form, act=act, page=page, record=shown, **context)


def _step_form(request: HttpRequest, amendment: Amendment, step: str) -> forms.Form:
    sent = request.POST if request.method == "POST" else None
    if step == "decide":
        return StepForm(sent, initial={"revision": amendment.revision})
    return ReasonForm(sent, needs_reason=step in STEPS_WITH_REASON)
