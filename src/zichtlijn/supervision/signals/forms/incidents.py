"""What people fill in about an incident file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import STAFF
from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.design.forms import DateInput
from zichtlijn.supervision.field.models import Organisation

from ..handing_on import target_choices, target_named
from ..models import IncidentFile, LogEntry, LogKind, Signal
from ..norms import INCIDENT_ROLES
from ..queries.incidents import signals_that_fit
from .steps import StepForm, words


class RevisedForm(forms.Form):
    """A form about an incident file: it knows who fills it in, and which revision of the file that person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, data: Any = None, *, user: Any, incident: IncidentFile | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user, self.incident = user, incident
        self.initial.setdefault("revision", incident.revision if incident else None)

    @property
    def seen(self) -> int:
        """The revision that the person saw; 0, which is never stored, when the form lost it."""
        return self.cleaned_data.get("revision") or 0


class IncidentForm(RevisedForm):
    """What the file is about."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What happened and where, without names of people.")
    )
    happened_on = forms.DateField(label=_("Happened on"), required=False, widget=DateInput)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Organisations"),
        required=False,
        help_text=_("Without a choice: the organisations of what is put in the file."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisations"].queryset = Organisation.objects.visible_to(self.user)
        if self.incident is not None:
            self.initial["title"] = self.incident.title
            self.initial["happened_on"] = self.incident.happened_on
            self.initial["organisations"] = list(self.incident.organisations.all())
            fields["organisations"].help_text = ""


class SignalsField(forms.ModelMultipleChoiceField[Signal]):
    """A choice of what came in, told by reference and subject."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, signal: Signal) -> str:
        return f"{signal.reference} – {signal.subject}"


class OpenForm(IncidentForm):
    """A new file, with what it grows out of: ``signals`` are the keys that may be chosen."""

    signals = SignalsField(Signal.objects.none(), label=_("Put in the file"), required=False)
    field_order = ("title", "happened_on", "signals", "organisations")

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        found = signals_that_fit(self.user).filter(pk__in=keys)
        fields["signals"].queryset = found
        self.initial["signals"] = list(found)
        if not found:
            del self.fields["signals"]


class PutInForm(RevisedForm):
    """What is added to a file: newest first, about its organisations."""

    signals = SignalsField(Signal.objects.none(), label=_("Put in the file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["signals"].queryset = signals_that_fit(self.user, self.incident)


class ReasonForm(RevisedForm):
    """A step with its reason; some steps can do without."""

    reason = words(_("Reason"))

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class RoleForm(RevisedForm):
    """Who does what, for how many hours, and which activity misses them."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who"))
    role = forms.ChoiceField(label=_("Role"), choices=list(INCIDENT_ROLES.items()), widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label=_("Hours a week"), min_value=0, max_value=60, max_digits=5, decimal_places=1, localize=True, initial=0
    )
    activity = forms.ChoiceField(
        label=_("Taken from"), required=False, help_text=_("The activity that misses these hours.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        staff = User.objects.filter(is_active=True, role__in=STAFF).order_by("full_name", "username")
        fields["user"].queryset = staff
        fields["activity"].choices = [("", _("no activity")), *target_choices(self.user)]

    def clean_activity(self) -> Any:
        """The chosen activity itself. Raises ValidationError when it is not open any more."""
        return target_named(self.user, self.cleaned_data["activity"])

    def clean_hours(self) -> Decimal:
        """The hours, as a decimal."""
        return Decimal(self.cleaned_data["hours"])


class LogForm(RevisedForm):
    """A line of the log."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LogKind.choices, initial=LogKind.FACT, widget=forms.RadioSelect)
    text = words(_("What happened or was decided"), rows=4)
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty for now."),
    )
    corrects = forms.ModelChoiceField(LogEntry.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if self.incident is not None:
            fields["corrects"].queryset = self.incident.log.all()


class ReportForm(RevisedForm):
    """The picture at this moment; it begins with what the last report said."""

    known = words(_("What we know"), rows=6, most=8_000)
    unknown = words(_("What we do not know yet"), rows=4, most=8_000, required=False)
    done = words(_("What has been done"), rows=4, most=8_000, required=False)
    next_steps = words(_("What comes next"), rows=4, most=8_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.incident.reports.order_by("-number").first() if self.incident else None
        for name in ("known", "unknown", "done", "next_steps") if last else ():
            self.initial[name] = getattr(last, name)


class PutInOneForm(StepForm):
    """Into which incident file a signal goes: one that is open, or a new one."""

    title = forms.CharField(
        label=_("Title of the new file"),
        max_length=200,
        required=False,
        help_text=_("What happened and where, without names of people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["incident"] = IncidentField(
            IncidentFile.objects.visible_to(self.user).exclude(state="closed"),
            label=_("Incident file"),
            required=False,
            empty_label=_("a new one"),
        )
        self.move_to_end("title")

    def clean(self) -> dict[str, Any]:
        """Raises when neither a file is chosen nor a new one has a title."""
        given = super().clean() or {}
        if not given.get("incident") and not given.get("title") and "incident" not in self.errors:
            self.add_error("title", _("Choose an incident file, or give a new one a title."))
        return given


class IncidentField(forms.ModelChoiceField[IncidentFile]):
    """A choice of an incident file, told by reference and title."""

    def label_from_instance(self, incident: IncidentFile) -> str:
        return f"{incident} – {incident.title}"
