"""The retention rules: read by who has a part in destroying, kept by the administrator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.design.feedback import tell

from ..actions import ruling
from ..forms import NewRuleForm, RuleForm
from ..models import RetentionRule
from ..registry import Kept, Swept, kind_named, kinds, outcome_in_words
from .answering import answer, require, show, tabs


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """Of each kind its rules, with source and certainty; corrected ones apart."""
    require(request, "retention.see")
    rules = list(RetentionRule.objects.visible_to(request.user).order_by("outcome", "valid_from", "id"))
    standing = [rule for rule in rules if rule.superseded_at is None]
    context = {
        "tabs": tabs(),
        "groups": [_group(kept, standing) for kept in kinds()],
        "superseded": [_row(rule, kind_named(rule.kind)) for rule in rules if rule.superseded_at is not None],
        "may_change": request.user.has_perm(ruling.CHANGE),
    }
    return show(request, "rules", **context)


def _group(kept: Kept, rules: list[RetentionRule]) -> dict[str, Any]:
    own = [rule for rule in rules if rule.kind == kept.kind]
    last = {rule.outcome: rule.pk for rule in own}  # in order of their first days
    rows = [_row(rule, kept) | {"is_last": last[rule.outcome] == rule.pk} for rule in own]
    return {"kept": kept, "is_swept": isinstance(kept, Swept), "rows": rows}


def _row(rule: RetentionRule, kept: Kept | None) -> dict[str, Any]:
    outcome = outcome_in_words(kept, rule.outcome) if rule.outcome else _("whatever the outcome")
    return {"rule": rule, "kept": kept, "outcome": outcome}


@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: HttpRequest) -> HttpResponseBase:
    """A rule for a kind and outcome that has none."""
    require(request, ruling.CHANGE)
    form = NewRuleForm(request.POST if request.method == "POST" else None)

    def act(sent: Any) -> str:
        ruling.add_rule(actor=request.user, values=sent.values())
        tell(request, _("The rule is kept."))
        return reverse("retention:rules")

    return answer(request, form, act, "rule", title=_("New rule"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another term for what ends from a day on, or a correction."""
    require(request, ruling.CHANGE)
    rule = get_object_or_404(RetentionRule.objects.visible_to(request.user), pk=pk, superseded_at__isnull=True)
    form = RuleForm(request.POST if request.method == "POST" else None, instance=rule)

    def act(sent: Any) -> str:
        ruling.change_rule(actor=request.user, rule=rule, values=dict(sent.cleaned_data))
        tell(request, _("The rule is kept. Lists that were made stay as they are."))
        return reverse("retention:rules")

    row = _row(rule, kind_named(rule.kind))
    lead = f"{row['kept'].name if row['kept'] else rule.kind}: {row['outcome']}"
    return answer(request, form, act, "rule", title=_("Change the rule"), rule=rule, lead=lead)
