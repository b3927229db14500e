"""The nouns of an event log: what a column says, how columns are mapped to roles, what can be wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zichtlijn.analysis.texts import gettext_noop

Role = Literal[
    "case",
    "activity",
    "time",
    "complete",
    "organisation",
    "region",
    "group",
    "citizen_group",
    "outcome",
    "term_date",
    "lifecycle",
]
Level = Literal["event", "case"]
ROLES: tuple[Role, ...] = get_args(Role)
NEEDED: tuple[Role, ...] = ("case", "activity", "time")
MOST_TERM_DAYS = 36_500
_LONGEST_SHOWN = 80


class LogError(Exception):
    """An event log, or what was asked of it, cannot be used.

    ``code`` names the reason; ``message`` is English and a translation key; ``params`` fills it in. ``line`` is the
    number of the broken line or record, counted from 1, where there is one.
    """

    def __init__(self, code: str, message: str, line: int | None = None, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.code, self.message, self.line, self.params = code, message, line, params


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the raw log: of its events, or of its cases."""

    name: str
    level: Level = "event"


@dataclass(frozen=True)
class Mapping:
    """Which column plays which role, and how the log is to be understood. Can be saved as JSON.

    ``time_zone``: of times without one (IANA name). ``end_activities``: the activities that close a case; without
    them every case counts as ended at its last event. ``sent_to``: activities that say that a case was sent on, with
    the organisation it was sent to. ``service_activities``: activities with which the waiting at an organisation ends.
    ``required``: columns that should be filled when a case arrives. ``term_days``: the term counted from the first
    event, for a log without a column of term dates. ``cut_off``: ISO date and time up to which the registration was
    complete (default: the last event). ``object_type``: of an OCEL log, the objects that count as cases.
    """

    roles: Values[Role, Column]
    time_zone: str = "Europe/Amsterdam"
    end_activities: tuple[str, ...] = ()
    sent_to: Values[str, str] = field(default_factory=dict)
    service_activities: tuple[str, ...] = ()
    required: tuple[Column, ...] = ()
    term_days: int | None = None
    cut_off: str | None = None
    object_type: str | None = None

    def column(self, role: Role) -> Column | None:
        """The column of a role, None when the log has none."""
        return self.roles.get(role)

    def with_role(self, role: Role, column: Column | None) -> Mapping:
        """The same with one role given to another column, or to none."""
        roles = {known: given for known, given in self.roles.items() if known != role}
        return replace(self, roles=roles if column is None else {**roles, role: column})

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; ``from_json`` gives the same mapping back."""
        values = asdict(self)
        values["roles"] = {role: asdict(column) for role, column in self.roles.items()}
        values["sent_to"] = dict(self.sent_to)
        return values

    @classmethod
    def from_json(cls, values: object) -> Mapping:
        """Raises LogError for a role, level or field that does not exist, a needed role that is missing, and a value
        that a field cannot have."""
        if not isinstance(values, dict):
            raise LogError("mapping-kind", _NO_OBJECT, value=_shown(values))
        unknown = sorted(str(name) for name in set(values) - set(cls.__dataclass_fields__))
        if unknown:
            raise LogError(
                "mapping-field", gettext_noop("The mapping has an unknown field: %(names)s."), names=", ".join(unknown)
            )
        given = dict(values)
        roles = values.get("roles", {})
        if not isinstance(roles, dict):
            raise _unfit("roles", _NO_ROLES, roles)
        given["roles"] = {_role(name): _column(column) for name, column in roles.items()}
        given["required"] = tuple(_column(column) for column in _listed("required", values.get("required", ())))
        for name in ("end_activities", "service_activities"):
            given[name] = tuple(_listed(name, values.get(name, ())))
        mapping = cls(**given)
        mapping.check()
        return mapping

    def check(self) -> None:
        """Raises LogError when a needed role has no column, or a field has a value that it cannot have."""
        missing = [role for role in NEEDED if role not in self.roles]
        if missing:
            raise LogError(
                "mapping-role", gettext_noop("No column is chosen for: %(names)s."), names=", ".join(missing)
            )
        for name in ("end_activities", "service_activities"):
            if not all(isinstance(activity, str) for activity in _listed(name, getattr(self, name))):
                raise _unfit(name, _NO_LIST, getattr(self, name))
        if not isinstance(self.sent_to, Values) or not all(
            isinstance(text, str) for pair in self.sent_to.items() for text in pair
        ):
            raise _unfit("sent_to", _NO_PAIRS, self.sent_to)
        if self.object_type is not None and not isinstance(self.object_type, str):
            raise _unfit("object_type", _NO_TEXT, self.object_type)
        _check_days(self.term_days)
        _check_zone(self.time_zone)
        _check_moment(self.cut_off)

    def activities(self) -> tuple[str, ...]:
        """Every activity that is named, each once."""
        return tuple(dict.fromkeys((*self.end_activities, *self.service_activities, *self.sent_to)))


_NO_OBJECT = gettext_noop("A mapping is a JSON object, not %(value)s.")
_NO_ROLES = gettext_noop("In the mapping, %(name)s should give a column for each role, not %(value)s.")
_NO_TEXT = gettext_noop("In the mapping, %(name)s should be a text, not %(value)s.")
_NO_LIST = gettext_noop("In the mapping, %(name)s should be a list of texts, not %(value)s.")
_NO_PAIRS = gettext_noop("In the mapping, %(name)s should give an organisation for each activity, not %(value)s.")
_NO_DAYS = gettext_noop("In the mapping, %(name)s should be a whole number from 0 to %(most)s, not %(value)s.")
_NO_ZONE = gettext_noop("In the mapping, %(name)s should be a time zone, as Europe/Amsterdam, not %(value)s.")
_NO_MOMENT = gettext_noop("In the mapping, %(name)s should be a date or a date and time, as 2024-12-31, not %(value)s.")


def _unfit(name: str, message: str, value: object, **more: object) -> LogError:
    return LogError("mapping-value", message, None, name=name, value=_shown(value), **more)


def _shown(value: object) -> str:
    """As JSON has it, cut off where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _listed(name: str, value: Any) -> list[Any]:
    # A text would become a list of its letters
    if not isinstance(value, list | tuple):
        raise _unfit(name, _NO_LIST, value)
    return list(value)


def _check_days(days: Any) -> None:
    if days is None:
        return
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_TERM_DAYS:
        raise _unfit("term_days", _NO_DAYS, days, most=MOST_TERM_DAYS)


def _check_zone(zone: Any) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError, AttributeError) as error:
        raise _unfit("time_zone", _NO_ZONE, zone) from error


def _check_moment(moment: Any) -> None:
    if moment is None:
        return
    try:
        datetime.fromisoformat(moment)
    except (ValueError, TypeError) as error:
        raise _unfit("cut_off", _NO_MOMENT, moment) from error


def _role(name: str) -> Role:
    if name not in ROLES:
        raise LogError("mapping-role-unknown", gettext_noop("There is no role %(name)s."), name=name)
    return name


def _column(value: Any) -> Column:
    given = value if isinstance(value, dict) else {"name": value}
    level = given.get("level", "event")
    if not isinstance(given.get("name"), str) or level not in get_args(Level) or set(given) - {"name", "level"}:
        raise LogError(
            "mapping-column", gettext_noop("A column of the mapping cannot be read: %(value)s."), value=_shown(value)
        )
    return Column(given["name"], level)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the log that a reader or the preparation found: how often, and where the first few are.

    ``code`` is one of ``PROBLEMS`` in ``report``; ``places`` are line, row or record numbers, or case numbers.
    """

    code: str
    count: int
    places: tuple[str, ...] = ()
    detail: str = ""
