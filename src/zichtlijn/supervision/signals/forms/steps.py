"""What a person says when a step is taken with something that came in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import Team, User
from zichtlijn.platform.accounts.roles import Role

from ..actions.triage import FROM_ACCOUNTS
from ..handing_on import targets
from ..models import Sender, Signal
from ..norms import NO_ACTION_GROUNDS
from ..standard_texts import filled, texts_for

HANDLERS = (Role.INSPECTOR, Role.ANALYST, Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)
SUPERVISORS = (
    "Inspectie Gezondheidszorg en Jeugd",
    "Inspectie van het Onderwijs",
    "Nederlandse Arbeidsinspectie",
    "Autoriteit Persoonsgegevens",
    "Inspectie Overheidsinformatie en Erfgoed",
    "Nationale ombudsman",
    "Kinderombudsman",
    "Raad voor Strafrechtstoepassing en Jeugdbescherming",
)


def words(label: Any, *, rows: int = 5, required: bool = True, most: int = 4_000, help_text: Any = "") -> Any:
    """A field for some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


class StepForm(forms.Form):
    """Base of the forms of steps: it knows the signal, and which revision of it the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    fills = ""
    """The field that a standard text is put into; empty where there is none."""

    def __init__(self, data: Any = None, *, signal: Signal, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.signal, self.user = signal, user
        self.initial.setdefault("revision", signal.revision)
        if self.fills:
            self.fields["standard"] = forms.ModelChoiceField(
                texts_for(signal, user), label=_("Standard text"), required=False
            )
            self.move_to_end("standard", self.fills)

    def fitting_text(self) -> Any:
        """The standard text that goes with what was chosen in the form; None when none does."""
        choices: Any = self.fields["standard"]
        return choices.queryset.filter(code=self.standard_code()).first()

    def standard_code(self) -> str:
        """The code of the standard text that goes with this step."""
        return ""

    def move_to_end(self, *names: str) -> None:
        """Let these fields stand last, in this order."""
        for name in names:
            self.fields[name] = self.fields.pop(name)

    def with_standard_text(self) -> StepForm:
        """The form with the chosen standard text in it, and nothing called wrong yet; this one when none was chosen."""
        kept = {name: field.widget.value_from_datadict(self.data, {}, name) for name, field in self.fields.items()}
        self.is_valid()
        chosen = self.cleaned_data.get("standard") or self.fitting_text()
        if chosen is None:
            self.errors.clear()
            self.add_error("standard", _("There is no standard text for this. Choose one, or write your own."))
            return self
        kept |= {"standard": chosen.pk, self.fills: self._begin(chosen.body)}
        return type(self)(signal=self.signal, user=self.user, initial=kept)

    def _begin(self, body: str) -> str:
        try:
            return filled(body, self.signal)
        except forms.ValidationError:
            return body  # with a blank that nobody knows: whoever reads it fills it in

    @property
    def seen(self) -> int:
        """The revision that the person saw; 0, which is never stored, when the form lost it."""
        return self.cleaned_data.get("revision") or 0


class SayingForm(StepForm):
    """Base of steps that say something to the other side: the sender, or the organisation that notified."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.fields[self.fills]
        said.help_text = format_lazy("{} {}", said.help_text, self.reach()) if said.help_text else self.reach()

    def reach(self) -> Any:
        """How the other side gets to read it."""
        if self.signal.channel in FROM_ACCOUNTS:
            return _("The organisation reads this on its own page.")
        if Sender.objects.filter(signal=self.signal, receipt_sha256__isnull=False).exists():
            return _("The sender reads this with the receipt code.")
        return _("The sender has no receipt code: pass this on yourself, by telephone or letter.")


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = words(_("Reason"))


class TellingForm(SayingForm):
    """Base of steps of which the sender can be told at once."""

    fills = "message"

    message = words(
        _("Message to the sender"),
        required=False,
        most=10_000,
        rows=8,
        help_text=_("Leave it empty to say nothing now."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.signal.channel in FROM_ACCOUNTS:
            self.fields["message"].label = _("Message to the organisation")


class NoActionForm(TellingForm):
    """Nothing is done with it: on what ground, and why."""

    ground = forms.ChoiceField(label=_("Ground"), choices=list(NO_ACTION_GROUNDS.items()), widget=forms.RadioSelect)
    reason = words(_("Reason"), help_text=_("For colleagues; the sender does not read this."))
    field_order = ("ground", "reason")

    def standard_code(self) -> str:
        return f"no-action-{self.cleaned_data.get('ground', '')}"


class PassOnForm(TellingForm):
    """For which other supervisor it is."""

    recipient = forms.CharField(
        label=_("Supervisor"), max_length=200, widget=forms.TextInput(attrs={"list": "supervisors"})
    )
    reason = words(_("Reason"), help_text=_("For colleagues; the sender does not read this."))
    field_order = ("recipient", "reason")
    suggestions = ("supervisors", SUPERVISORS)

    def standard_code(self) -> str:
        return "passed_on"


class AddForm(TellingForm):
    """To which running work it is added."""

    target = forms.ChoiceField(label=_("Add to"))
    reason = words(_("Note"), required=False, rows=3)
    field_order = ("target", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = {
            f"{target.model_label}:{record.pk}": record for target in targets() for record in target.records(self.user)
        }
        choices = [("", "---------"), *((key, str(record)) for key, record in self.records.items())]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]

    def standard_code(self) -> str:
        return "added"

    @property
    def chosen(self) -> Any:
        """The chosen record."""
        return self.records[self.cleaned_data["target"]]


class QuestionForm(SayingForm):
    """What is asked of the sender."""

    fills = "question"

    question = words(
        _("Question"), rows=8, most=10_000, help_text=_("Ask one thing at a time, in plain words, without names.")
    )

    def standard_code(self) -> str:
        return "question"


class ReplyForm(SayingForm):
    """An answer to the sender, written or begun from a standard text."""

    fills = "text"

    text = words(_("Answer"), rows=12, most=10_000)
    also_to = forms.ModelMultipleChoiceField(
        Signal.objects.none(),
        label=_("Also to the senders of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They read the same words, without hearing of each other."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from ..queries.signal import handled_together

        together = handled_together(self.user, self.signal)
        if together.exists():
            self.fields["also_to"].queryset = together  # type: ignore[attr-defined]
        else:
            del self.fields["also_to"]


class AssignForm(StepForm):
    """Who handles it."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label=_("Handled by"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = handlers()  # type: ignore[attr-defined]
        self.initial.setdefault("assignee", self.signal.assignee_id or self.user.pk)


class TeamForm(StepForm):
    """Which team handles it."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("no team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.visible_to(self.user).filter(is_active=True)  # type: ignore[attr-defined]
        self.initial.setdefault("team", self.signal.team_id)


def handlers() -> Any:
    """Everybody who handles what comes in."""
    return User.objects.filter(is_active=True, role__in=HANDLERS).order_by("full_name", "username")
