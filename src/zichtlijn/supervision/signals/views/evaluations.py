"""An own evaluation: for the organisation that makes it, and for staff who judge it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.platform.casefiles.opening import open_record
from zichtlijn.platform.design.feedback import tell

from ..actions import evaluating
from ..actions.notifying import OWN
from ..deadlines import WAITING
from ..forms.evaluation import EvaluationReasonForm, ExtendForm, HandInForm, JudgeForm, SupplementForm
from ..models import EvaluationState, Message, OwnEvaluation, SignalAttachment
from ..norms import EVALUATION_NORMS, SCORES
from ..queries.evidence import weighings_resting_on
from ..transitions import EVALUATION, STEP_PERMISSIONS
from .answering import FormPage, answer, require
from .portal import days_left
from .uploads import files_of, sent_with, takes_files

TONES: dict[str, str] = {
    EvaluationState.ASKED: "warning",
    EvaluationState.SUPPLEMENT_ASKED: "warning",
    EvaluationState.HANDED_IN: "info",
    EvaluationState.JUDGED: "positive",
}


@dataclass(frozen=True)
class Step:
    """One step with an own evaluation: its form, the action, and its words."""

    form: type[Any]
    act: Callable[..., Any]
    title: Any
    done: Any
    submit: Any = ""
    look: str = "secondary"
    template: str = "signals/portal/evaluation_form.html"


def _judged(*, actor: Any, evaluation: OwnEvaluation, form: JudgeForm) -> Any:
    conclusion = form.cleaned_data["conclusion"]
    return evaluating.judge_evaluation(
        actor=actor, evaluation=evaluation, findings=form.findings, conclusion=conclusion
    )


def _plain(act: Callable[..., Any]) -> Callable[..., Any]:
    def taken(*, actor: Any, evaluation: OwnEvaluation, form: Any) -> Any:
        return act(actor=actor, evaluation=evaluation, **form.cleaned_data)

    return taken


def _handed_in(*, actor: Any, evaluation: OwnEvaluation, form: HandInForm) -> Any:
    given = form.cleaned_data | {"files": files_of(form)}
    return evaluating.hand_in(actor=actor, evaluation=evaluation, **given)


STEPS: dict[str, Step] = {
    "hand_in": Step(
        HandInForm,
        _handed_in,
        gettext_lazy("Hand in"),
        gettext_lazy("We have your own evaluation."),
        look="primary",
        template="signals/portal/hand_in.html",
    ),
    "judge": Step(
        JudgeForm,
        _judged,
        gettext_lazy("Judge"),
        gettext_lazy("The judgement is kept."),
        submit=gettext_lazy("Keep the judgement"),
        look="primary",
        template="signals/portal/judge.html",
    ),
    "ask_supplement": Step(
        SupplementForm,
        _plain(evaluating.ask_supplement),
        gettext_lazy("Ask for a supplement"),
        gettext_lazy("The organisation is asked for a supplement."),
        submit=gettext_lazy("Send"),
    ),
    "extend": Step(
        ExtendForm,
        _plain(evaluating.extend),
        gettext_lazy("Give more time"),
        gettext_lazy("The organisation has more time."),
    ),
    "withdraw": Step(
        EvaluationReasonForm,
        _plain(evaluating.withdraw_evaluation),
        gettext_lazy("Withdraw the request"),
        gettext_lazy("The request is withdrawn."),
        look="danger",
    ),
    "reopen": Step(
        EvaluationReasonForm,
        _plain(evaluating.reopen_evaluation),
        gettext_lazy("Judge anew"),
        gettext_lazy("It can be judged anew."),
    ),
}


@outside
@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what was handed in, the judgement, and the steps that can be taken now."""
    shown = visible_evaluation(request, pk)
    context = _about(request, shown) | {
        "steps": step_links(request, shown),
        "findings": _findings(request, shown),
        "scores": SCORES,
        "evidence_in": weighings_resting_on(request.user, shown),
    }
    return render(request, "signals/portal/evaluation.html", context)


@outside
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Show the form of a step, or take it."""
    shown = visible_evaluation(request, pk)
    offered = STEPS.get(step)
    if offered is None:
        raise Http404
    require(request, STEP_PERMISSIONS["evaluation"][step], shown)
    if step not in EVALUATION.allowed(shown.state):
        tell(request, _("This cannot be done any more in the stage that it is in."), tone="negative")
        return redirect(shown)
    form = offered.form(*sent_with(request), evaluation=shown)
    page = FormPage(
        offered.title,
        offered.submit or offered.title,
        shown.get_absolute_url(),
        done=offered.done,
        look="danger" if offered.look == "danger" else "primary",
        template=offered.template,
    )

    def act(sent: Any) -> str:
        offered.act(actor=request.user, evaluation=shown, form=sent)
        return shown.get_absolute_url()

    return answer(request, form=form, act=act, page=page, **_about(request, shown))


def visible_evaluation(request: HttpRequest, pk: int) -> OwnEvaluation:
    """The own evaluation when the user may see it, else Http404; of a restricted file this is a reading."""
    found: OwnEvaluation = open_record(
        request.user, OwnEvaluation.objects.select_related("signal__notification", "organisation"), pk=pk
    )
    return found


def step_links(request: HttpRequest, shown: OwnEvaluation) -> list[dict[str, Any]]:
    """The steps that this user can take now."""
    permissions = STEP_PERMISSIONS["evaluation"]
    allowed = {name: request.user.has_perm(name, shown) for name in set(permissions.values())}
    return [
        {
            "name": STEPS[name].title,
            "url": reverse("signals:evaluation-step", args=[shown.pk, name]),
            "look": "secondary" if STEPS[name].look == "danger" else STEPS[name].look,
        }
        for name in EVALUATION.allowed(shown.state)
        if allowed[permissions[name]] and (name != "ask_supplement" or evaluating.can_wait(shown.signal))
    ]


def _about(request: HttpRequest, shown: OwnEvaluation) -> dict[str, Any]:
    """What the page and the forms both show."""
    is_staff = is_staff_member(request.user)
    of_it = {"signal": shown.signal_id, "evaluation": shown.pk}
    return {
        "evaluation": shown,
        "is_staff": is_staff,
        "norms": EVALUATION_NORMS.values(),
        "tone": TONES.get(shown.state, "neutral"),
        "left": days_left(shown) if shown.state in WAITING else None,
        "back": _page_of_signal(request, shown, is_staff),
        "reference": shown.signal.reference if is_staff else shown.reference_outside,
        "supplements": Message.objects.visible_to(request.user).filter(**of_it).select_related("author"),
        "attachments": SignalAttachment.objects.visible_to(request.user).filter(**of_it),
    }


def _page_of_signal(request: HttpRequest, shown: OwnEvaluation, is_staff: bool) -> str:
    """Where the signal is seen; empty for an organisation that does not see it."""
    if is_staff:
        return shown.signal.get_absolute_url()
    sees_it = shown.is_about_own_notification and request.user.has_perm(OWN)
    return reverse("signals:notification", args=[shown.signal_id]) if sees_it else ""


def _findings(request: HttpRequest, shown: OwnEvaluation) -> list[tuple[Any, Any, str]]:
    """Norm, score in words and evidence; empty for who may not see the scores."""
    found = {finding.norm: finding for finding in shown.norms.visible_to(request.user)}
    return [
        (label, f"{found[norm].score} – {SCORES[found[norm].score]}", found[norm].evidence)
        for norm, label in EVALUATION_NORMS.items()
        if norm in found
    ]
