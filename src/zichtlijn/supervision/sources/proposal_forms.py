"""The form of a proposal: the fields that fit its type, filled from the payload and read back into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus

from .models import Proposal
from .payload import FIELDS_OF_TYPE

KINDS = {
    "investigation": _("investigation"),
    "monitoring": _("monitoring"),
    "enforcement": _("enforcement"),
    "publication": _("publication"),
    "dialogue": _("dialogue"),
    "development": _("development"),
    "co-operation": _("co-operation"),
}
STATUSES = {
    "new": _("new"),
    "continuing": _("continuing"),
    "finishing": _("finishing"),
    "publishing": _("publishing"),
    "starting": _("starting"),
    "stopped": _("stopped"),
}
if set(KINDS) != set(get_args(ActivityKind)) or set(STATUSES) != set(get_args(ActivityStatus)):
    raise ImportError("the words for kinds and statuses do not fit those of the analysis")


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]


def _text(label: Any, **options: Any) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=label, required=False, **options)


def _lines(label: Any) -> Callable[[], forms.Field]:
    return lambda: LinesField(label=label, help_text=_("One on each line."))


def _choice(label: Any, choices: dict[str, Any]) -> Callable[[], forms.Field]:
    return lambda: forms.ChoiceField(label=label, required=False, choices=[("", "–"), *choices.items()])


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "title": lambda: forms.CharField(label=_("Title"), max_length=300),
    "description": _text(_("Description"), widget=forms.Textarea(attrs={"rows": 4})),
    "kind": _choice(_("Kind"), KINDS),
    "status": _choice(_("Status"), STATUSES),
    "year": lambda: forms.IntegerField(label=_("Year"), required=False, min_value=1800, max_value=2200),
    "goals": _lines(_("Goals")),
    "domain": _text(_("Domain")),
    "organisations": _lines(_("Organisations")),
    "chains": _lines(_("Chains")),
    "acts": _lines(_("Acts")),
    "groups": _lines(_("Citizen groups")),
    "dates": _lines(_("Dates")),
    "abbreviation": _text(_("Abbreviation"), max_length=40),
    "identifier": _text(_("Identifier"), max_length=200),
    "subject": _text(_("Subject"), max_length=200),
    "value": lambda: forms.FloatField(label=_("Value"), required=False),
    "unit": _text(_("Unit"), max_length=40),
    "mark": _text(_("Mark"), max_length=20),
    "urls": _lines(_("Addresses")),
}


LABELS = {name: make().label for name, make in FIELDS.items()}


class ProposalForm(forms.Form):
    """The payload of one proposal; ``values`` are ready for ``edit_proposal``."""

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        names = FIELDS_OF_TYPE[proposal.type]
        super().__init__(data, initial={name: proposal.payload.get(name) for name in names})
        for name in names:
            self.fields[name] = FIELDS[name]()

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, with the same kind of emptiness as the payload has."""
        return {name: self._value(name, value) for name, value in self.cleaned_data.items()}

    def _value(self, name: str, value: Any) -> Any:
        before = self.initial.get(name)
        return before if value in ("", None, []) and before in ("", None, []) else value


def shown_values(proposal: Proposal) -> list[tuple[Any, str]]:
    """The filled fields of a proposal as pairs of label and words, without the title."""
    pairs = []
    for name in FIELDS_OF_TYPE[proposal.type][1:]:
        value = proposal.payload.get(name)
        if value not in (None, "", []):
            pairs.append((LABELS[name], words_of(name, value)))
    return pairs


def words_of(name: str, value: Any) -> str:
    """A value of a field as a person reads it; empty when there is none."""
    if value in (None, "", [], ()):
        return ""
    known = {"kind": KINDS, "status": STATUSES}.get(name, {})
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return str(known.get(value, value))
