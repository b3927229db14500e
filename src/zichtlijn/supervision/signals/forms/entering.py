"""Entering what came by telephone, letter and the like; who told it stands apart."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import Team
from zichtlijn.platform.design.forms import DateInput
from zichtlijn.supervision.field.models import Domain, Organisation, Region

from ..actions.entering import ENTERED_BY_STAFF, FACTS, OF_SENDER
from ..models import Channel, Signal, SignalKind
from .files import FilesField
from .steps import StepForm, words

CHANNELS = [(code, label) for code, label in Channel.choices if code in ENTERED_BY_STAFF]
KINDS = [(code, label) for code, label in SignalKind.choices if code != SignalKind.NOTIFICATION]
WHAT = ("kind", "channel", "received_at", "subject", "text")
FILES = ("files",)
WHERE = ("organisation", "organisation_as_told", "domain", "region", "place", "happened_on", "happened_as_told")
HANDLING = ("language", "team")
WHO = ("name", "email", "phone", "relation", "with_code")


class MomentInput(forms.DateTimeInput):
    """A day and time chosen in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EnterForm(forms.ModelForm[Signal]):
    """What was told, and apart from it by whom. ``submission`` makes sure that one form makes one signal."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial=SignalKind.SIGNAL)
    channel = forms.ChoiceField(label=_("Came in by"), choices=CHANNELS, widget=forms.RadioSelect)
    received_at = forms.DateTimeField(label=_("Received at"), widget=MomentInput)
    language = forms.ChoiceField(
        label=_("Language of the sender"), choices=[("nl", _("Dutch")), ("en", _("English"))], initial="nl"
    )
    files = FilesField(label=_("Files that came along"))  # type: ignore[assignment]
    name = forms.CharField(label=_("Name"), required=False, max_length=150)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    relation = forms.CharField(label=_("Relation to the matter"), required=False, max_length=150)
    with_code = forms.BooleanField(
        label=_("Give the sender a receipt code"),
        required=False,
        help_text=_("You read it out or write it down for the sender, who comes back with it and reads our answers."),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Signal
        fields = [*WHAT, *WHERE, *HANDLING]
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "happened_on": DateInput}
        help_texts = {
            "subject": _("A few words for the list, without names of people."),
            "text": _("As it was told. Who told it goes in the last part, not here."),
            "organisation_as_told": _("When the organisation is not in the list."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        for name, model in (("organisation", Organisation), ("domain", Domain), ("region", Region)):
            choices[name].queryset = model.objects.visible_to(user)
        choices["team"].queryset = Team.objects.visible_to(user).filter(is_active=True)
        self.initial.setdefault("received_at", timezone.localtime())
        self.initial.setdefault("submission", uuid.uuid4())

    def clean_happened_on(self) -> Any:
        """Raises ValidationError for a day that is still to come."""
        return not_to_come(self.cleaned_data["happened_on"])

    @property
    def values(self) -> dict[str, Any]:
        """What was told."""
        return {name: self.cleaned_data[name] for name in (*WHAT, *WHERE, *HANDLING)}

    @property
    def sender(self) -> dict[str, Any]:
        """Who told it."""
        return {name: self.cleaned_data[name] for name in OF_SENDER}


class ToldForm(StepForm):
    """What the sender told afterwards, by telephone or letter."""

    text = words(_("What was told"), rows=8, most=10_000)
    files = FilesField(label=_("Files that came along"))  # type: ignore[assignment]
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid.uuid4())


class FactsForm(StepForm):
    """What the inspectorate knows of the facts by now."""

    subject = forms.CharField(label=_("Subject"), max_length=200, help_text=_("Without names of people."))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.none(), label=_("Domain"), required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    happened_on = forms.DateField(label=_("Happened on"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        for name, model in (("organisation", Organisation), ("domain", Domain), ("region", Region)):
            choices[name].queryset = model.objects.visible_to(self.user)
        for name in FACTS:
            self.initial.setdefault(name, getattr(self.signal, name))

    def clean_happened_on(self) -> Any:
        """Raises ValidationError for a day that is still to come."""
        return not_to_come(self.cleaned_data["happened_on"])

    @property
    def values(self) -> dict[str, Any]:
        """The facts."""
        return {name: self.cleaned_data[name] for name in FACTS}


def not_to_come(day: Any) -> Any:
    """The day. Raises ValidationError when it is still to come."""
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."), code="future")
    return day
