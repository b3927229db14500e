"""The filters of the dashboard: a form of the values that the log has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepared import Prepared

LABELS: dict[str, Any] = {
    "from": _("Started from"),
    "until": _("Started until"),
    "organisation": _("Organisation"),
    "region": _("Region"),
    "group": _("Group"),
    "citizen_group": _("Citizen group"),
}
CHOSEN = ("organisation", "region", "group", "citizen_group")


class DashboardForm(forms.Form):
    """Which cases the figures are about."""

    mark_optional = False

    def __init__(self, data: Any, *, log: Prepared) -> None:
        super().__init__(data)
        for name in ("from", "until"):
            self.fields[name] = forms.DateField(label=LABELS[name], widget=DateInput, required=False)
        for name in CHOSEN:
            values = log.values(name)  # type: ignore[arg-type]
            if len(values) > 1:
                self.fields[name] = forms.MultipleChoiceField(
                    label=LABELS[name],
                    choices=[(value, value) for value in sorted(values, key=str.casefold)],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )

    @property
    def period(self) -> list[forms.BoundField]:
        """The two days."""
        return [self["from"], self["until"]]

    @property
    def drops(self) -> list[tuple[forms.BoundField, int]]:
        """The other filters, with how many values of each are in use."""
        return [(self[name], len([value for value in self.data.getlist(name) if value])) for name in self.choosing]

    @property
    def choosing(self) -> list[str]:
        """The names of the filters by value that this log has."""
        return [name for name in CHOSEN if name in self.fields]

    @property
    def period_in_use(self) -> int:
        """How many of the two days are given."""
        return sum(bool(self.data.get(name)) for name in ("from", "until"))
