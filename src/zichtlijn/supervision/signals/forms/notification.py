"""What an organisation fills in about an incident."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput
from zichtlijn.supervision.field.models import Organisation

from ..models import NotificationCategory, Signal
from ..queries.portal import own_organisations
from ..reference import STREAMS
from .files import FilesField


class MomentInput(forms.DateTimeInput):
    """A day and a time chosen in the browser's own way."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def words(label: Any, *, rows: int = 4, required: bool = False, most: int = 20_000, hint: Any = "") -> forms.CharField:
    """A field for some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=hint)


def attachments() -> FilesField:
    """A field for files that go along."""
    return FilesField(
        label=_("Files"),
        help_text=_(
            "At most 5 files of 10 MB each. We take place and time out of pictures; look yourself whether names are in "
            "documents."
        ),
    )


class NotificationForm(forms.Form):
    """A notification. Only what a draft cannot do without is required; sending in asks what happened as well."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    category = forms.ChoiceField(label=_("Kind of incident"))
    discovered_at = forms.DateTimeField(
        label=_("Discovered at"),
        widget=MomentInput(),
        help_text=_("The day and time at which your organisation came to know of it. The term runs from then."),
    )
    subject = forms.CharField(label=_("In one line"), max_length=200, help_text=_("What it is about, without names."))
    text = words(
        _("What happened"),
        rows=8,
        hint=_("What happened, and what came of it. No names of people. Needed to send it in."),
    )
    happened_on = forms.DateField(label=_("Day on which it happened"), required=False, widget=DateInput())
    happened_as_told = forms.CharField(
        label=_("When, if the day is not known"), required=False, max_length=200, help_text=_("As exactly as you can.")
    )
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    people_involved = words(
        _("Who was involved, without names"), most=4_000, hint=_("How many, in what role, and how they are now.")
    )
    first_measures = words(_("What you did at once"), most=4_000)
    phoned_at = forms.DateTimeField(
        label=_("Telephoned at"),
        required=False,
        widget=MomentInput(),
        help_text=_("When you told us by telephone, if you did."),
    )
    sender_reference = forms.CharField(
        label=_("Your own reference"),
        required=False,
        max_length=100,
        help_text=_("The number in your own system. You can use each once."),
    )
    files: Any = attachments()
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, data: Any = None, files: Any = None, *, user: Any, signal: Signal | None = None) -> None:
        super().__init__(data, files, initial=_stored(signal) if signal else {"submission": uuid.uuid4()})
        self.signal = signal
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [("", _("Choose …")), *categories_by_stream(user)]
        organisations = own_organisations(user)
        if signal is not None or len(organisations) == 1:
            self.only = signal.organisation if signal else organisations[0]
            del self.fields["organisation"]
        else:
            fields["organisation"].queryset = organisations

    def clean_phoned_at(self) -> Any:
        """Raises ValidationError for a moment that is yet to come."""
        phoned_at = self.cleaned_data["phoned_at"]
        if phoned_at and phoned_at > timezone.now():
            raise forms.ValidationError(_("This moment is yet to come."), code="future")
        return phoned_at

    @property
    def speaks_for(self) -> Any:
        """For whom it is."""
        return self.cleaned_data.get("organisation") or self.only

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        apart = ("organisation", "submission", "revision", "files")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


def categories_by_stream(user: Any) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The categories of all times, each once, under their streams; the day of discovery decides which row holds."""
    streams: dict[str, dict[str, str]] = {stream: {} for stream in STREAMS}
    for row in NotificationCategory.objects.visible_to(user).order_by("urgency", "code", "valid_from"):
        streams.setdefault(row.stream, {})[row.code] = str(row)
    return [(STREAMS.get(stream, stream), list(codes.items())) for stream, codes in streams.items() if codes]


def _stored(signal: Signal) -> dict[str, Any]:
    notification = signal.notification
    of_signal = ("subject", "text", "happened_on", "happened_as_told", "place", "sender_reference", "revision")
    of_notification = ("discovered_at", "phoned_at", "people_involved", "first_measures")
    return (
        {name: getattr(signal, name) for name in of_signal}
        | {name: getattr(notification, name) for name in of_notification}
        | {"category": notification.category.code}
    )


class AdditionForm(forms.Form):
    """More about a notification that was sent in, or the answer to a question."""

    text = words(_("What you want to add"), rows=8, required=True, most=10_000, hint=_("No names of people."))
    files: Any = attachments()
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, question: Any = None) -> None:
        super().__init__(data, files, initial={"submission": uuid.uuid4()})
        if question is not None:
            self.fields["text"].label = _("Your answer")


class ClosingForm(forms.Form):
    """How it ended."""

    text = words(
        _("Closing report"),
        rows=12,
        required=True,
        hint=_("What you found out, what you changed, and what came of the people involved. No names of people."),
    )
    files: Any = attachments()


class RevisionForm(forms.Form):
    """A step that asks nothing, of the version that the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
