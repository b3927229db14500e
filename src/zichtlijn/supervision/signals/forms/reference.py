"""Rows of the dated tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from ..models import EqualDay, NotificationCategory, StandardText
from ..reference import STREAMS
from ..standard_texts import BLANK

BLANKS = ("reference", "organisation")
DAYS = {"valid_from": DateInput, "valid_until": DateInput}


class DatedForm(forms.ModelForm[Any]):
    """Values for an action, which saves them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("code", "language"):
                self.fields.pop(name, None)
            first_day: Any = self.fields["valid_from"]
            first_day.help_text = _since(self.instance.valid_from)

    def _post_clean(self) -> None:
        """The action checks: a model form would write what was typed into the stored row."""

    def save(self, commit: bool = True) -> Any:
        """Never used: the action saves."""
        raise TypeError("rows of dated tables are saved by an action")


def _since(first_day: date | None) -> str:
    if first_day is None:
        return gettext("From this day on. Leave it empty to correct the row itself, which holds since always.")
    words = gettext("From this day on. The row itself, which holds from %(day)s, is corrected with that day.")
    return words % {"day": date_format(first_day)}


class CategoryForm(DatedForm):
    """A kind of notification and its terms."""

    stream = forms.ChoiceField(label=_("Stream"), choices=list(STREAMS.items()))

    class Meta:
        model = NotificationCategory
        fields = (
            *("code", "stream", "name_nl", "name_en", "urgency", "phone_first", "term_amount", "term_unit"),
            *("closing_amount", "closing_unit", "legal_basis", "source", "certainty", "valid_from", "valid_until"),
        )
        widgets = DAYS
        labels = {"closing_unit": _("Unit of the term of the closing report")}
        help_texts = {
            "code": _("Short, with small letters and hyphens; it stays."),
            "urgency": _("1 is the most urgent."),
            "term_amount": _("Leave empty where no source gives a number."),
            "source": _("Where this was read, so that somebody else can check it."),
        }

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for an amount without a unit, or the other way round."""
        given = super().clean() or {}
        for name in ("term", "closing"):
            if (given.get(f"{name}_amount") is None) != (not given.get(f"{name}_unit")):
                self.add_error(f"{name}_unit", _("Give both the amount and the unit, or neither."))
        return given


class TextForm(DatedForm):
    """A standard text."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = StandardText
        fields = ("code", "language", "title", "body", "valid_from", "valid_until")
        widgets = DAYS | {"body": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"body": _("{{ reference }} and {{ organisation }} are filled in.")}

    def clean_body(self) -> str:
        """Raises ValidationError for a blank that cannot be filled in."""
        body: str = self.cleaned_data["body"]
        unknown = sorted(set(BLANK.findall(body)) - set(BLANKS))
        if unknown:
            message = _("This cannot be filled in: %(names)s.")
            raise forms.ValidationError(message, code="blank", params={"names": ", ".join(unknown)})
        return body


class EqualDayForm(forms.Form):
    """A day that a royal decree puts on a par with a public holiday."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("The royal decree, as it can be found."))

    def clean_day(self) -> Any:
        """Raises ValidationError for a day that is there already."""
        day = self.cleaned_data["day"]
        if EqualDay.objects.filter(day=day).exists():
            raise forms.ValidationError(_("This day is there already."), code="used")
        return day


def today_first(form: DatedForm) -> DatedForm:
    """A change holds from today unless somebody chooses another day."""
    form.initial["valid_from"] = localdate()
    return form
