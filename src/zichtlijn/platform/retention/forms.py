"""Forms about retention: a rule, a hold, a new list, the review of lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from .models import Appraisal, Decision, RetentionRule
from .registry import Kept, kind_named, kinds, listed_kinds


class RuleForm(forms.ModelForm[RetentionRule]):
    """Values for an action, which saves them as a row of its own."""

    class Meta:
        model = RetentionRule
        fields = ("appraisal", "amount", "unit", "source", "certainty", "valid_from")
        widgets = {"valid_from": DateInput(), "appraisal": forms.RadioSelect}
        labels = {"valid_from": _("Holds for what ended on or after")}
        help_texts = {
            "amount": _("Leave empty for what is kept for good."),
            "source": _("The selection list and its category, so that somebody else can check it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appraisal: Any = self.fields["appraisal"]
        appraisal.choices = Appraisal.choices
        if self.instance.pk:
            day: Any = self.fields["valid_from"]
            day.help_text = _since(self.instance)
            if not self.is_bound:
                self.initial["valid_from"] = localdate()

    def _post_clean(self) -> None:
        """The action checks: a model form would write what was typed into the stored row."""

    def save(self, commit: bool = True) -> Any:
        """Never used: the action saves."""
        raise TypeError("rules are saved by an action")


def _since(rule: RetentionRule) -> str:
    if rule.valid_from is None:
        return gettext("Leave it empty to correct the present rule, which holds since always.")
    words = gettext("The present rule, which holds from %(day)s, is corrected with that day.")
    return words % {"day": date_format(rule.valid_from)}


class NewRuleForm(RuleForm):
    """A rule for something that has none."""

    about = forms.ChoiceField(label=_("For what"))
    field_order = ("about",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(RetentionRule.objects.standing().values_list("kind", "outcome"))
        about: Any = self.fields["about"]
        about.choices = [
            (f"{kept.kind}:{outcome}", f"{kept.name}: {words}")
            for kept in kinds()
            for outcome, words in [("", gettext("whatever the outcome")), *kept.outcomes.items()]
            if (kept.kind, outcome) not in taken
        ]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        kind, _colon, outcome = given.pop("about").partition(":")
        return given | {"kind": kind, "outcome": outcome}


class HoldForm(forms.Form):
    """Why a hold is placed, or lifted."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance an objection, a court case or a question from parliament. Name nobody."),
    )


class NewListForm(forms.Form):
    """Of which kinds a list is made."""

    kinds = forms.MultipleChoiceField(
        label=_("What is put on the list"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind.")},
    )

    def __init__(self, *args: Any, due: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kinds"]
        field.choices = [(kept.kind, _with_number(kept, due)) for kept in listed_kinds() if due.get(kept.kind)]

    def clean_kinds(self) -> list[Kept]:
        """The kinds themselves."""
        return [kept for kind in self.cleaned_data["kinds"] if (kept := kind_named(kind))]


def _with_number(kept: Kept, due: dict[str, Any]) -> str:
    return f"{kept.name} ({due[kept.kind]})"


class ReviewForm(forms.Form):
    """What is decided of the lines that were chosen."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[(choice, capfirst(choice.label)) for choice in (Decision.DESTROY, Decision.KEEP)],
        error_messages={"required": _("Choose: destroy, or keep for now.")},
    )
    reason = forms.CharField(
        label=_("Why it is kept"),
        max_length=300,
        required=False,
        help_text=_("Needed for what is kept. Name nobody: the reason stays until the record itself goes."),
    )
    whole = forms.BooleanField(label=_("All lines that were not reviewed yet, also on other pages"), required=False)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for keeping without a reason."""
        given = super().clean() or {}
        if given.get("decision") == Decision.KEEP and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why it is kept."))
        return given
