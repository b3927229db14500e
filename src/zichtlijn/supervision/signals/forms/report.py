"""What somebody without an account fills in: short questions in plain words, of which one must be answered."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from ..models import Signal, SignalKind
from ..receipts import new_submission, read_submission
from .files import FilesField

FILES_HINT = _(
    "Photo, document, sound or film. At most 5 files, each at most 10 MB. From photos we remove where and when they "
    "were taken. From documents, sound and film we do not: look yourself whether your name is in it or in its name."
)
ANONYMOUS, KNOWN = "anonymous", "known"


class SubmissionField(forms.CharField):
    """What makes one form count once. Gives the submission, and a fresh one for a form that is too old."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=new_submission)

    def clean(self, value: Any) -> uuid.UUID:
        """Raises ValidationError for a form of more than a day ago, or one that this installation never gave out."""
        found = read_submission(str(value or ""))
        if found is None:
            raise ValidationError(_("This page was open for too long. Look at it and send it again."), code="too-old")
        return found


class OnceForm(forms.Form):
    """A form that counts once."""

    submission = SubmissionField()

    def clean(self) -> dict[str, Any]:
        """Put what is wrong with the hidden field on top, and give the page a fresh one."""
        values = super().clean() or {}
        if "submission" in self.errors:
            self.add_error(None, self.errors.pop("submission").as_data())
            fresh = self.data.copy()  # type: ignore[attr-defined]
            fresh[self.add_prefix("submission")] = new_submission()
            self.data = fresh
        return values


class ReportForm(OnceForm):
    """Something is reported: about whom, what, where and when, and by whom when the sender wants us to know."""

    kind = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (SignalKind.SIGNAL, _("Tell you that something is going wrong")),
            (SignalKind.COMPLAINT, _("Complain about how an organisation treated me")),
        ],
        initial=SignalKind.SIGNAL,
        widget=forms.RadioSelect,
    )
    organisation_as_told = forms.CharField(
        label=_("Who is it about?"),
        required=False,
        max_length=200,
        help_text=_(
            "For example the name of the organisation and the town. Not sure? Then write down what you do know."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=Signal._meta.get_field("text").max_length,
        help_text=_("Write down what you saw, heard or went through. Please do not name other people."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Fill in what happened. Without that we cannot do anything.")},
    )
    place = forms.CharField(
        label=_("Where was it?"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    happened_on = forms.DateField(label=_("On which day was it?"), required=False, widget=DateInput)
    happened_as_told = forms.CharField(
        label=_("Not sure about the day?"),
        required=False,
        max_length=200,
        help_text=_("Then write for example: early March, or every Sunday evening."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.CharField(
        label=_("What do you have to do with it?"),
        required=False,
        max_length=150,
        help_text=_("For example: I work there, I live there, my child lives there."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    files = FilesField(help_text=FILES_HINT)  # type: ignore[assignment] # a field, as the others
    who = forms.ChoiceField(
        label=_("Do you want us to know who you are?"),
        choices=[
            (ANONYMOUS, _("No, I report without my name")),
            (KNOWN, _("Yes, I fill in my name, e-mail address or telephone number")),
        ],
        initial=ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("We do not pass on your name without asking you."),
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_happened_on(self) -> Any:
        """Raises ValidationError for a day that is still to come."""
        day = self.cleaned_data["happened_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Fill in the day on which it happened."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Who wants to stay unknown but filled in a name is asked again: we do not guess which of the two is meant."""
        values = super().clean()
        named = any(values.get(name) for name in ("name", "email", "phone"))
        if values.get("who") == ANONYMOUS and named:
            message = _("You chose not to say who you are, but you filled in your details. Change one of the two.")
            self.add_error("who", ValidationError(message, code="named"))
        return values


class CodeForm(forms.Form):
    """The code that came with a report."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("16 letters and digits, for example: ABCD-EFGH-JKMN-PQRS."),
        error_messages={"required": _("Fill in your code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "zl-code"}
        ),
    )


class SayForm(OnceForm):
    """An answer, or something more to tell."""

    text = forms.CharField(
        label=_("What do you want to tell us?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write down what you want to tell us.")},
    )
    files = FilesField(help_text=FILES_HINT)  # type: ignore[assignment] # a field, as the others

    def __init__(self, *args: Any, is_answer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answer:
            self.fields["text"].label = _("Your answer")


class CloseForm(forms.Form):
    """What the closed form says, in both languages."""

    text_nl = forms.CharField(
        label=_("Notice in Dutch"),
        max_length=2_000,
        help_text=_("Why nothing can be sent in now, and what people can do meanwhile."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
    )
    text_en = forms.CharField(
        label=_("Notice in English"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
