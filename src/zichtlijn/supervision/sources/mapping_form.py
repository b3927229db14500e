"""Saying what the columns of a dataset mean."""

from __future__ import annotations

from collections.abc import Mapping as Values
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import NEEDED, ROLES, Column, LogError, Mapping, Role
from zichtlijn.platform.design.forms import DateInput

from .dataset_columns import Value, columns_of, key_of, values_of
from .dataset_proposals import likely_columns
from .dataset_wording import ROLE_HINTS, ROLE_NAMES
from .models import SavedMapping

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.raw import RawLog

ZONES = ("Europe/Amsterdam", "UTC", "America/Curacao", "Europe/Brussels", "Europe/Berlin", "Europe/London")
ONE_DAY = timedelta(days=1)
ARROW = "->"
SHOW = "show"
"""The button that shows the activities of another column instead of saving."""


class MappingForm(forms.Form):
    """Each role with the columns it could be, and how the log is to be understood.

    ``proposed`` is the JSON of a proposed mapping: the mapping itself and per role the candidates with their reasons.
    ``initial_mapping`` goes before it where a person chose already. The activities to tick are those of the column
    ``activities_of``; when another column is chosen the form has to be shown again first (``has_to_be_shown_again``).
    """

    def __init__(
        self,
        data: Any = None,
        *,
        raw: RawLog,
        proposed: Values[str, Any],
        chosen: Values[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.raw, self.columns = raw, columns_of(raw)
        self.proposed = proposed
        self.start = dict(chosen or proposed.get("mapping") or {})
        self._add_roles()
        self.activity_column = self._activity_column()
        self.activities = values_of(raw, self.activity_column) if self.activity_column else []
        self._add_understanding()

    def _add_roles(self) -> None:
        for role in ROLES:
            given = self.start.get("roles", {}).get(role)
            self.fields[role] = forms.ChoiceField(
                label=ROLE_NAMES[role],
                choices=self._choices(role),
                required=role in NEEDED,
                initial=key_of(Column(given["name"], given["level"])) if given else "",
                help_text=ROLE_HINTS[role],
                error_messages={"required": _("Choose the column."), "invalid_choice": _("There is no such column.")},
            )

    def _choices(self, role: Role) -> list[tuple[str, Any]]:
        likely = {key_of(each.column): each.reason for each in likely_columns(self.proposed, role)}
        first = [(key, f"{self._name(key)} – {reason}") for key, reason in likely.items() if key in self.columns]
        rest = [(key, self._name(key)) for key in self.columns if key not in likely]
        return [("", _("no column")), *first, *rest]

    def _name(self, key: str) -> str:
        column = self.columns[key]
        return gettext("%(name)s, of the case") % {"name": column.name} if column.level == "case" else column.name

    def _activity_column(self) -> Column | None:
        key = self.data.get("activity") if self.is_bound else self.fields["activity"].initial
        return self.columns.get(key or "")

    def _add_understanding(self) -> None:
        ticks = [(each.text, _with_count(each)) for each in self.activities]
        known = {each.text for each in self.activities}
        for name, label, hint in TICKED:
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=ticks,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[each for each in self.start.get(name, ()) if each in known],
                help_text=hint,
            )
        self.fields["sent_to"] = forms.CharField(
            label=_("Activities that send a case on"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            initial="\n".join(f"{activity} {ARROW} {to}" for activity, to in self.start.get("sent_to", {}).items()),
            help_text=_(
                "One per line: the activity, ->, and the organisation it is sent to. With it the software sees which "
                "cases were sent and never arrived."
            ),
        )
        self.fields["required_columns"] = forms.MultipleChoiceField(
            label=_("Columns that should be filled when a case arrives"),
            choices=[(key, self._name(key)) for key in self.columns],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[key_of(Column(each["name"], each["level"])) for each in self.start.get("required", ())],
        )
        self._add_times()
        self.fields["activities_of"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=_key(self.activity_column)
        )

    def _add_times(self) -> None:
        zone = self.start.get("time_zone") or ZONES[0]
        rest = sorted(available_timezones() - set(ZONES))
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=[(each, each) for each in (*ZONES, *rest)],
            initial=zone,
            help_text=_("Of times that are written without one."),
        )
        self.fields["term_days"] = forms.IntegerField(
            label=_("Term in days"),
            required=False,
            min_value=1,
            max_value=36_500,
            initial=self.start.get("term_days"),
            help_text=_("Counted from the first event; only for a log without a column of term dates."),
        )
        self.fields["cut_off"] = forms.DateField(
            label=_("Registration complete until and including"),
            required=False,
            widget=DateInput,
            initial=last_day(self.start.get("cut_off")),
            help_text=_("What is still open then counts as open. Empty: until the last event."),
        )
        self._add_object_type()

    def _add_object_type(self) -> None:
        types = self.raw.details.get("object_types") or []
        if not types:
            return
        here = self.raw.details.get("object_type")
        self.fields["object_type"] = forms.ChoiceField(
            label=_("Objects that count as cases"),
            choices=[(each["name"], f"{each['name']} ({number_format(each['objects'])})") for each in types],
            initial=here,
            help_text=_("In brackets how many there are. The events of a case are those that name the object."),
        )
        self.fields["object_type_of"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=here)

    @property
    def has_to_be_shown_again(self) -> bool:
        """Another column of activities, or kind of cases, was chosen than the one of which the choices were shown."""
        if not self.is_bound:
            return False
        other_objects = self.data.get("object_type") != self.data.get("object_type_of")
        return SHOW in self.data or self._other_activities or other_objects

    def shown_again(self) -> MappingForm:
        """The same, as filled in, with the activities of the column that is chosen now and nothing refused."""
        start = {**self.start, "roles": self._roles_filled_in(), "time_zone": self.data.get("time_zone")}
        start |= {"term_days": self.data.get("term_days"), "object_type": self.data.get("object_type")}
        kept: dict[str, Any] = (
            {"sent_to": {}, "end_activities": (), "service_activities": ()} if self._other_activities else {}
        )
        return MappingForm(raw=self.raw, proposed=self.proposed, chosen={**start, **kept})

    @property
    def _other_activities(self) -> bool:
        return bool(self.data.get("activities_of", "") != _key(self.activity_column))

    def _roles_filled_in(self) -> dict[str, dict[str, str]]:
        chosen = {role: self.columns.get(self.data.get(role) or "") for role in ROLES}
        return {role: {"name": column.name, "level": column.level} for role, column in chosen.items() if column}

    def chosen_keys(self) -> list[str]:
        """The columns that play a role now, in the order of the roles."""
        values = [self.data.get(role) if self.is_bound else self.fields[role].initial for role in ROLES]
        return [value for value in values if value]

    @property
    def opens_more(self) -> bool:
        """Whether the part with the less usual columns stands open."""
        return self._has_something("citizen_group", "outcome", "term_date", "complete", "lifecycle")

    @property
    def opens_waiting(self) -> bool:
        """Whether the part about waiting and sending on stands open."""
        return self._has_something("service_activities", "sent_to")

    @property
    def opens_times(self) -> bool:
        """Whether the part about times and terms stands open: only when something in it is refused."""
        return any(name in self.errors for name in ("time_zone", "term_days", "cut_off", "required_columns"))

    def _has_something(self, *names: str) -> bool:
        return any(name in self.errors or self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        """Gives ``mapping``. A column plays one role."""
        values = super().clean() or {}
        values["sent_to"] = self._sent_to(values.get("sent_to", ""))
        self._refuse_repeats(values)
        if not self.errors:
            values["mapping"] = self._mapping(values)
        return values

    def _refuse_repeats(self, values: dict[str, Any]) -> None:
        taken: dict[str, Role] = {}
        for role in ROLES:
            key = values.get(role)
            if key and key in taken and {role, taken[key]} != {"time", "complete"}:
                message = _("This column is chosen for “%(role)s” already.")
                self.add_error(role, forms.ValidationError(message, params={"role": ROLE_NAMES[taken[key]]}))
            elif key:
                taken[key] = role

    def _sent_to(self, text: str) -> dict[str, str]:
        found = {}
        known = {each.text for each in self.activities}
        for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
            activity, arrow, organisation = (part.strip() for part in line.partition(ARROW))
            if not (activity and arrow and organisation):
                message = _("Line %(number)s is not an activity, -> and an organisation.")
                self.add_error("sent_to", forms.ValidationError(message, params={"number": number}))
            elif activity not in known:
                message = _("Line %(number)s: there is no activity “%(activity)s” in this column.")
                self.add_error(
                    "sent_to", forms.ValidationError(message, params={"number": number, "activity": activity})
                )
            else:
                found[activity] = organisation
        return found

    def _mapping(self, values: dict[str, Any]) -> Mapping | None:
        day = values.get("cut_off")
        try:
            mapping = Mapping(
                roles={role: self.columns[values[role]] for role in ROLES if values.get(role)},
                time_zone=ZoneInfo(values["time_zone"]).key,
                end_activities=tuple(values["end_activities"]),
                sent_to=values["sent_to"],
                service_activities=tuple(values["service_activities"]),
                required=tuple(self.columns[key] for key in values["required_columns"]),
                term_days=values.get("term_days"),
                cut_off=day.isoformat() if day else None,
                object_type=values.get("object_type") or None,
            )
            mapping.check()
        except LogError as error:
            self.add_error(None, forms.ValidationError(_(error.message), params=dict(error.params) or None))
            return None
        return mapping


TICKED = (
    (
        "end_activities",
        _("Activities with which a case ends"),
        _("Without them every case counts as ended at its last event, and no case is still open."),
    ),
    (
        "service_activities",
        _("Activities with which the waiting ends"),
        _("The first moment at which an organisation does something with the case. Without them nobody waits."),
    ),
)


class SavedMappingChoice(forms.Form):
    """Starting from a meaning of columns that was kept before."""

    saved = forms.ModelChoiceField(label=_("Start from a saved meaning"), queryset=SavedMapping.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = SavedMapping.objects.visible_to(user).filter(is_withdrawn=False)
        self.fields["saved"].queryset = standing  # type: ignore[attr-defined]
        self.has_any = standing.exists()


class MappingNameForm(forms.Form):
    """The name under which a meaning of columns is kept."""

    name = forms.CharField(label=_("Save this meaning under the name"), max_length=120)


def _key(column: Column | None) -> str:
    return key_of(column) if column else ""


def last_day(cut_off: str | None) -> date | None:
    """The last day up to which a registration was complete; a cut-off at midnight is the end of the day before."""
    if not cut_off:
        return None
    at = datetime.fromisoformat(cut_off)
    return (at - ONE_DAY).date() if len(cut_off) > len("2024-12-31") and at.time() == time() else at.date()


def _with_count(value: Value) -> str:
    return gettext("%(activity)s (%(number)s times)") % {"activity": value.text, "number": value.events}
