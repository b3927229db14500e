"""Asking for an own evaluation, handing it in, judging it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.law.working_days import next_working_day
from zichtlijn.platform.design.forms import DateInput

from ..actions.evaluating import LONGEST_TEXT, Finding
from ..models import OwnEvaluation
from ..norms import EVALUATION_NORMS, SCORES
from ..terms import EVALUATION_WEEKS
from .notification import attachments, words
from .steps import StepForm

SCORE_CHOICES = [(score, format_lazy("{score} – {words}", score=score, words=words)) for score, words in SCORES.items()]


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(label=label, widget=DateInput(), help_text=hint)


class AskForm(StepForm):
    """What is asked of the organisation, and by when."""

    question = words(
        _("What we ask"),
        rows=8,
        required=True,
        most=4_000,
        hint=_("The organisation reads this. Of what a sender told us write nothing that leads to the sender."),
    )
    due_on = day_field(_("To be handed in by"), _("Six weeks is usual; choose what the matter asks."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_weeks = timezone.localdate() + timedelta(weeks=EVALUATION_WEEKS)
        self.initial.setdefault("due_on", next_working_day(in_weeks))


class EvaluationForm(forms.Form):
    """Base of the forms about one own evaluation."""

    def __init__(self, data: Any = None, files: Any = None, *, evaluation: OwnEvaluation) -> None:
        super().__init__(data, files)
        self.evaluation = evaluation


class HandInForm(EvaluationForm):
    """The own evaluation, or the supplement to it."""

    text = words(_("Own evaluation"), rows=16, required=True, most=LONGEST_TEXT)
    files: Any = attachments()
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["submission"] = uuid.uuid4()
        field = self.fields["text"]
        field.help_text = _("What happened, why, who was heard, what you do about it and what you learnt. No names.")
        if self.evaluation.text:
            field.label, field.help_text = _("Supplement"), _("What you handed in before stays as it is.")


class SupplementForm(EvaluationForm):
    """What is missing, and by when."""

    question = words(_("What is missing"), rows=6, required=True, most=4_000, hint=_("The organisation reads this."))
    due_on = day_field(_("To be handed in by"))


class ExtendForm(EvaluationForm):
    """More time."""

    due_on = day_field(_("New day"))
    reason = words(_("Reason"), required=True, most=4_000, hint=_("For colleagues; the organisation sees the new day."))


class EvaluationReasonForm(EvaluationForm):
    """A step that asks why."""

    reason = words(_("Reason"), required=True, most=4_000, hint=_("For colleagues; the organisation does not read it."))


class JudgeForm(EvaluationForm):
    """A score and evidence for each norm, and a conclusion in words."""

    conclusion = words(
        _("Our judgement"),
        rows=6,
        required=True,
        most=4_000,
        hint=_("The organisation reads this; it does not read the scores."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {finding.norm: finding for finding in self.evaluation.norms.all()}
        for norm, label in EVALUATION_NORMS.items():
            self.fields[f"score_{norm}"] = forms.TypedChoiceField(
                label=capfirst(label), choices=SCORE_CHOICES, coerce=int, widget=forms.RadioSelect
            )
            evidence = format_lazy(_("Evidence: {norm}"), norm=label)
            self.fields[f"evidence_{norm}"] = words(evidence, rows=3, required=True, most=4_000)
            if norm in found:
                self.initial[f"score_{norm}"] = found[norm].score
                self.initial[f"evidence_{norm}"] = found[norm].evidence
        self.initial["conclusion"] = self.evaluation.conclusion
        self.order_fields([name for name in self.fields if name != "conclusion"])

    @property
    def findings(self) -> dict[str, Finding]:
        """What the action takes."""
        given = self.cleaned_data
        return {norm: Finding(given[f"score_{norm}"], given[f"evidence_{norm}"]) for norm in EVALUATION_NORMS}
