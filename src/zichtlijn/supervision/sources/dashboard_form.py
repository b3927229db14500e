"""The filters of the dashboard: a form of the values that the log has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.forms import DateInput

from .figure_making import Pairs
from .narrow_selections import PART, SMALLEST_SELECTION, YEAR, year_of, years_of

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepared import Prepared

LABELS: dict[str, Any] = {
    "from": _("Started from"),
    "until": _("Started until"),
    "organisation": _("Organisation"),
    "region": _("Region"),
    "group": _("Group"),
    "citizen_group": _("Citizen group"),
    YEAR: _("Year of start"),
}
CHOSEN = ("organisation", "region", "group", "citizen_group")


class DashboardForm(forms.Form):
    """Which cases the figures are about."""

    mark_optional = False
    rule: Any = ""

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
        return [(self[name], len([value for value in self[name].value() or () if value])) for name in self.choosing]

    @property
    def choosing(self) -> list[str]:
        """The names of the filters by value that this log has."""
        return [name for name in CHOSEN if name in self.fields]

    @property
    def period_in_use(self) -> int:
        """How many of the two days are given."""
        return sum(bool(self.data.get(name)) for name in ("from", "until"))


class NarrowForm(forms.Form):
    """What who may not see cases can choose: one part of the cases, and one year of start."""

    mark_optional = False

    def __init__(self, pairs: Pairs, *, log: Prepared) -> None:
        parts = [(name, value) for name, value in pairs if name in CHOSEN]
        year = year_of(pairs)
        super().__init__({PART: ":".join(parts[0]) if parts else "", YEAR: "" if year is None else str(year)})
        years: list[Any] = [("", _("All years")), *((str(each), str(each)) for each in years_of(log))]
        self.fields[YEAR] = forms.ChoiceField(label=LABELS[YEAR], required=False, choices=years)
        grouped: list[Any] = [("", _("All cases"))]
        for name in CHOSEN:
            values = sorted(log.values(name), key=str.casefold)  # type: ignore[arg-type]
            if len(values) > 1:
                grouped.append((LABELS[name], [(f"{name}:{value}", value) for value in values]))
        if len(grouped) > 1:
            self.fields[PART] = forms.ChoiceField(label=_("Part of the cases"), required=False, choices=grouped)

    @property
    def rule(self) -> Any:
        """What can be chosen, and why no more."""
        return _(
            "You can choose one part of the cases at a time, of one whole year or of all years. Parts of fewer than "
            "%(number)s cases, or that leave out fewer, are not shown, so that nobody can be recognised."
        ) % {"number": SMALLEST_SELECTION}

    @property
    def period(self) -> list[forms.BoundField]:
        """The year."""
        return [self[YEAR]]

    @property
    def period_in_use(self) -> int:
        """Whether a year is chosen."""
        return int(bool(self.data[YEAR]))

    @property
    def drops(self) -> list[tuple[forms.BoundField, int]]:
        """The part, with whether one is chosen."""
        return [(self[PART], int(bool(self.data[PART])))] if PART in self.fields else []
