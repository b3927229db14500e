"""Looking for a record that a criterion rests on, and linking it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..evidence_kinds import EvidenceKind, evidence_kinds, evidence_valued, kind_labelled
from ..models import CriterionEvidence, IncidentWeighing
from ..norms import INCIDENT_CRITERIA
from ..queries.evidence import Found, as_choice


class EvidenceSearchForm(forms.Form):
    """What somebody looks for; sent in the address, together with the criterion that it is for."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    q = forms.CharField(
        label=_("Words, reference or address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Words that stand in it, its reference, or the address of its page. Empty: the newest of a kind."),
    )
    criterion = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="look_%s")
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("all kinds")), *((kind.model_label, kind.name) for kind in evidence_kinds())]

    @property
    def asked(self) -> str:
        """What was typed; nothing when it was too long."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "").strip()

    @property
    def chosen(self) -> EvidenceKind | None:
        """The kind that is looked among; None for all of them."""
        self.is_valid()
        return kind_labelled(self.cleaned_data.get("kind") or "")

    @property
    def asks_something(self) -> bool:
        """True when there is something to look for."""
        return self.is_bound and bool(self.asked or self.chosen)


class RecordField(forms.ChoiceField):
    """One of what was found. Whether it can be linked is asked anew: what was found may have changed meanwhile."""

    def valid_value(self, value: Any) -> bool:
        """See ``EvidenceForm.clean_record``."""
        return True


class EvidenceForm(forms.Form):
    """Which criterion rests on which of the records that were found."""

    criterion = forms.ChoiceField(
        label=_("Criterion"), choices=list(INCIDENT_CRITERIA.items()), widget=forms.RadioSelect
    )
    record = RecordField(label=_("What it rests on"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        max_length=CriterionEvidence.NOTE_LENGTH,
        required=False,
        help_text=_("Where in it, or what it shows. Read by who may see both the weighing and this."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(
        self, data: Any = None, *, weighing: IncidentWeighing, user: Any, found: Found, criterion: str
    ) -> None:
        super().__init__(data)
        self.user = user
        choices = dict(found.choices)
        sent = evidence_valued(user, data.get("record", "")) if data is not None else None
        if sent is not None and (kind := kind_labelled(sent._meta.label_lower)) is not None:
            choices |= dict([as_choice(kind, sent)])  # also when it is not found any more
        fields: dict[str, Any] = self.fields
        fields["record"].choices = list(choices.items())
        if len(choices) == 1:
            self.initial["record"] = next(iter(choices))
        self.initial["criterion"] = criterion
        self.initial["revision"] = weighing.revision

    def clean_record(self) -> Any:
        """The record itself. Raises ValidationError alike for what is not there and what may not be seen."""
        record = evidence_valued(self.user, self.cleaned_data["record"])
        if record is None:
            raise ValidationError(_("Choose something that was found; this one is not there."), code="unknown")
        return record
