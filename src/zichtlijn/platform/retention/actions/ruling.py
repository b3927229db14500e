"""Keeping the retention rules: every change is a new row, so that what was decided by the old one stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..models import Appraisal, RetentionRule
from ..registry import kind_named

CHANGE = "retention.change_rules"
Values = Mapping[str, Any]


@action("retention.add_rule", permission=CHANGE)
def add_rule(*, actor: Any, values: Values) -> RetentionRule:
    """A rule for a kind and outcome that has none. Raises ValidationError for one that has."""
    kept = kind_named(values["kind"])
    if kept is None or values.get("outcome", "") not in ("", *kept.outcomes):
        raise ValidationError({"outcome": _("This kind does not end like that.")}, code="unknown")
    if _same(values["kind"], values.get("outcome", "")).exists():
        raise ValidationError(_("There is a rule for this already: change that one."), code="used")
    return _keep(RetentionRule(**values), actor=actor, name="retention.add_rule")


@action("retention.change_rule", permission=CHANGE)
def change_rule(*, actor: Any, rule: RetentionRule, values: Values) -> RetentionRule:
    """What holds for everything that ended on ``values["valid_from"]`` or later.

    The same first day corrects the rule: the old row is superseded, and stays for the lists that were made by it.
    Raises ValidationError for an earlier day, and when something later holds by now.
    """
    same = _same(rule.kind, rule.outcome)
    last = max(same.select_for_update(), key=lambda each: each.valid_from or date.min, default=None)
    if last is None or last.pk != rule.pk:
        raise ValidationError(_("Something later holds by now: change that."), code="not-the-last")
    first_day = values.get("valid_from")
    if first_day == last.valid_from:
        before = snapshot(last)
        last.superseded_at = timezone.now()
        last.save(update_fields=["superseded_at"])
        record(actor=actor, action="retention.change_rule", about=last, before=before, after=snapshot(last))
    elif first_day is None or first_day <= (last.valid_from or date.min):
        message = _("Choose a day after the one on which the present rule began, or that same day to correct it.")
        raise ValidationError({"valid_from": message}, code="too-early")
    changed = RetentionRule(**{**values, "kind": last.kind, "outcome": last.outcome})
    return _keep(changed, actor=actor, name="retention.change_rule")


def _same(kind: str, outcome: str) -> Any:
    return RetentionRule.objects.standing().filter(kind=kind, outcome=outcome)


def _keep(rule: RetentionRule, *, actor: Any, name: str) -> RetentionRule:
    if rule.appraisal == Appraisal.KEEP:
        rule.amount, rule.unit = None, ""
    elif not rule.amount or not rule.unit:
        raise ValidationError({"amount": _("Give the term, or choose to keep it for good.")}, code="term")
    rule.full_clean()
    rule.save()
    record(actor=actor, action=name, about=rule, after=snapshot(rule))
    return rule
