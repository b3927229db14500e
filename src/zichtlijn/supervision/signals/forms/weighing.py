"""What people fill in when an incident is weighed and decided on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import IncidentWeighing
from ..norms import INCIDENT_CRITERIA, SCORES
from .steps import words


class ScoreForm(forms.Form):
    """Three criteria with a score and its evidence, and what stands beside them in words. All of it may wait."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    mark_optional = False

    def __init__(self, data: Any = None, *, weighing: IncidentWeighing) -> None:
        super().__init__(data)
        stored = {score.criterion: score for score in weighing.scores.all()}
        for code in INCIDENT_CRITERIA:
            self.fields[f"{code}_score"] = _score_field()
            self.fields[f"{code}_evidence"] = words(
                _("Evidence"), required=False, rows=4, help_text=_("What it is based on, and where that can be found.")
            )
            if (found := stored.get(code)) is not None:
                self.initial[f"{code}_score"] = found.score
                self.initial[f"{code}_evidence"] = found.evidence
        self._add_words(weighing)
        self.initial["revision"] = weighing.revision

    def _add_words(self, weighing: IncidentWeighing) -> None:
        self.fields["added_value"] = words(
            _("Added value"),
            required=False,
            help_text=_("What would an investigation of our own bring that is not there without it?"),
        )
        self.fields["without_evaluation"] = words(
            _("Why the own evaluation is not awaited"),
            required=False,
            rows=3,
            most=2_000,
            help_text=_("Only when there is none that was judged, or one is still running."),
        )
        self.fields["proposed_title"] = forms.CharField(
            label=_("Title of the investigation"), max_length=300, required=False, help_text=NO_NAMES
        )
        for name in ("added_value", "without_evaluation", "proposed_title"):
            self.initial[name] = getattr(weighing, name)

    @property
    def scores(self) -> dict[str, tuple[int | None, str]]:
        """Score and evidence of each criterion, as the action takes them."""
        return {
            code: (self.cleaned_data[f"{code}_score"], self.cleaned_data[f"{code}_evidence"])
            for code in INCIDENT_CRITERIA
        }

    @property
    def groups(self) -> list[tuple[Any, Any, Any]]:
        """Criterion with its two fields, in the order of the page."""
        return [
            (criterion, self[f"{code}_score"], self[f"{code}_evidence"])
            for code, criterion in INCIDENT_CRITERIA.items()
        ]


NO_NAMES = _("All staff can read this, also where the file is restricted: no names of people.")


def _score_field() -> forms.TypedChoiceField:
    choices = [("", _("not scored yet")), *((number, f"{number} – {words_of}") for number, words_of in SCORES.items())]
    return forms.TypedChoiceField(
        label=_("Does it hold?"),
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class WeighingReasonForm(forms.Form):
    """Why a weighing is stopped, sent back or decided."""

    reason = words(_("Reason"), help_text=_("It stays with the weighing, whatever was decided."))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, data: Any = None, *, weighing: IncidentWeighing) -> None:
        super().__init__(data)
        self.initial["revision"] = weighing.revision


class InvestigateForm(WeighingReasonForm):
    """The decision to investigate: also what the investigation is called."""

    title = forms.CharField(label=_("Title of the investigation"), max_length=300, help_text=NO_NAMES)
    field_order = ("title", "reason")

    def __init__(self, data: Any = None, *, weighing: IncidentWeighing) -> None:
        super().__init__(data, weighing=weighing)
        self.initial["title"] = weighing.proposed_title
