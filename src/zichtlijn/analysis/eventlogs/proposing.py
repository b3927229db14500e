"""Which column plays which role: proposed by name, type and content, each time with the reason. A person decides."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass
from typing import Any

from zichtlijn.analysis.eventlogs.column_profiles import Profile, profiles, values_per_case
from zichtlijn.analysis.eventlogs.model import NEEDED, ROLES, Column, Mapping, Role
from zichtlijn.analysis.eventlogs.raw import RawLog
from zichtlijn.analysis.eventlogs.raw_tables import column_types
from zichtlijn.analysis.eventlogs.role_names import roles_by_name
from zichtlijn.analysis.texts import gettext_noop

STANDARD = gettext_noop("The name is that of the XES standard.")
USUAL_NAME = gettext_noop("The column has a name that is usual for this.")
BY_CONTENT = gettext_noop("The name does not tell, but what is in the column fits.")
FEW_FILLED = gettext_noop("Only %(percent)s%% of it is filled.")
NOT_TIMES = gettext_noop("What is in it cannot be read as times.")
ARE_TIMES = gettext_noop("What is in it are times.")
ONE_EACH = gettext_noop("Every event has another value.")
ONE_VALUE = gettext_noop("It has the same value everywhere.")
MANY_VALUES = gettext_noop("It has many different values: %(values)s.")
VARIES = gettext_noop("It changes within a case.")
SAME_IN_CASE = gettext_noop("It is the same throughout a case.")

ADOPTED = 0.5  # candidates from this score on are proposed, others only offered
MOST_OFFERED = 6
_ONE_IN_A_CASE, _RARELY_MORE = 1.01, 1.2  # mean number of values in a case
_OF_EVENT: tuple[Role, ...] = ("activity", "time", "complete", "lifecycle")
_GROUPINGS: tuple[Role, ...] = ("organisation", "region", "group", "citizen_group", "outcome")
_MOST_VALUES: Values[Role, int] = {
    "activity": 1_000,
    "organisation": 200,
    "region": 400,
    "group": 100,
    "citizen_group": 30,
    "outcome": 60,
    "lifecycle": 30,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """``message`` is English and a translation key; ``params`` fills it in."""

    message: str
    params: Values[str, object]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column for a role; ``score`` between 0 and 1."""

    column: Column
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ProposedMapping:
    """``mapping`` with the best candidate of each role that is good enough; ``candidates`` best first, all roles.

    ``missing``: needed roles without a column, which somebody has to choose.
    """

    mapping: Mapping
    candidates: Values[Role, tuple[Candidate, ...]]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; ``from_json`` gives the same back."""
        offered = {role: [asdict(each) for each in found] for role, found in self.candidates.items()}
        return {"mapping": self.mapping.as_json(), "candidates": offered, "missing": list(self.missing)}

    @classmethod
    def from_json(cls, values: Values[str, Any]) -> ProposedMapping:
        """What ``as_json`` gave."""
        roles = {role: Column(**column) for role, column in values["mapping"]["roles"].items()}
        mapping = Mapping(roles, object_type=values["mapping"]["object_type"])
        offered = {role: tuple(_candidate_of(each) for each in found) for role, found in values["candidates"].items()}
        return cls(mapping, offered)

    @property
    def missing(self) -> tuple[Role, ...]:
        """Empty when the mapping can be used as it is."""
        return tuple(role for role in NEEDED if role not in self.mapping.roles)


def _candidate_of(values: Values[str, Any]) -> Candidate:
    reasons = tuple(Reason(each["message"], each["params"]) for each in values["reasons"])
    return Candidate(Column(**values["column"]), values["score"], reasons)


def propose_mapping(raw: RawLog) -> ProposedMapping:
    """Of a log of any format; of a log of objects (OCEL) with the type of object that it was flattened on."""
    types = column_types(raw)
    known = profiles(raw, types)
    cases = _ranked([_candidate("case", each) for each in known])
    constant: dict[Column, float] = {}
    if cases:
        named = {each.column for each in known if roles_by_name(each.column.name, each.column.level) or len(known) < 20}
        doubtful = [each for each in named if each.level == "event" and each != cases[0].column]
        constant = values_per_case(raw, cases[0].column, doubtful, types)
    candidates = {role: _ranked([_candidate(role, each, constant) for each in known]) for role in ROLES}
    return ProposedMapping(Mapping(_adopted(candidates), object_type=raw.details.get("object_type")), candidates)


def _adopted(candidates: Values[Role, tuple[Candidate, ...]]) -> dict[Role, Column]:
    """The best first; a column plays one role only."""
    found: dict[Role, Column] = {}
    pairs = [(role, each) for role in ROLES for each in candidates[role] if each.score >= ADOPTED]
    for role, each in sorted(pairs, key=lambda pair: (pair[0] not in NEEDED, -pair[1].score)):
        if role not in found and each.column not in found.values():
            found[role] = each.column
    return {role: found[role] for role in ROLES if role in found}


def _ranked(candidates: list[Candidate | None]) -> tuple[Candidate, ...]:
    """Of equal score the first in the file; what only fits by content when there is nothing better."""
    found = sorted((each for each in candidates if each is not None), key=lambda each: -each.score)
    if found and found[0].score >= ADOPTED and found[0].reasons[0].message != BY_CONTENT:
        found = [each for each in found if each.reasons[0].message != BY_CONTENT]
    return tuple(found[:MOST_OFFERED])


def _candidate(role: Role, profile: Profile, constant: Values[Column, float] | None = None) -> Candidate | None:
    by_name = roles_by_name(profile.column.name, profile.column.level).get(role)
    score = by_name[0] if by_name else _by_content(role, profile)
    reasons = [Reason(BY_CONTENT, {}) if by_name is None else Reason(STANDARD if by_name[1] else USUAL_NAME, {})]
    for factor, reason in _doubts(role, profile, (constant or {}).get(profile.column)):
        score *= factor
        reasons.append(reason)
    return Candidate(profile.column, round(score, 3), tuple(reasons)) if score >= 0.1 else None


def _by_content(role: Role, profile: Profile) -> float:
    """Without a name that says so a column is never better than one with it, and only the needed roles are guessed."""
    if role == "time" and profile.is_time and profile.column.level == "event":
        return 0.55
    if profile.is_time or profile.column.level == "case":
        return 0.0
    repeated = profile.rows / max(profile.values, 1)
    if role == "case" and 1.5 <= repeated <= 200 and profile.kind in ("VARCHAR", "BIGINT") and profile.values > 20:
        return 0.5
    if role == "activity" and profile.kind == "VARCHAR" and 2 <= profile.values <= 200 and repeated > 5:
        return 0.5
    return 0.3 if role == "citizen_group" and profile.kind == "BOOLEAN" else 0.0


def _doubts(role: Role, profile: Profile, per_case: float | None) -> list[tuple[float, Reason]]:
    found: list[tuple[float, Reason]] = []
    if role in ("time", "complete", "term_date") and not profile.is_time and not _numbers(profile):
        found.append((0.1, Reason(NOT_TIMES, {})))
    if role in _GROUPINGS and profile.is_time:
        found.append((0.1, Reason(ARE_TIMES, {})))
    if profile.filled < 0.5 and role not in ("outcome", "term_date", "complete"):
        found.append((0.4, Reason(FEW_FILLED, {"percent": round(100 * profile.filled)})))
    found += _doubts_by_values(role, profile)
    if role in (*_OF_EVENT, "organisation") and (profile.column.level == "case" or (per_case or 9) <= _ONE_IN_A_CASE):
        found.append((0.4, Reason(SAME_IN_CASE, {})))
    if role in ("citizen_group", "group", "region") and per_case is not None and per_case > _ONE_IN_A_CASE:
        often = 0.7 if role == "region" else 0.5  # an office has a region too
        found.append((0.9 if per_case < _RARELY_MORE else often, Reason(VARIES, {})))
    return found


def _numbers(profile: Profile) -> bool:
    """Seconds since 1970, or days as 20241231."""
    return profile.kind == "BIGINT" and profile.values > 1


def _doubts_by_values(role: Role, profile: Profile) -> list[tuple[float, Reason]]:
    most = _MOST_VALUES.get(role)
    if role == "case" and profile.column.level == "event" and profile.values > 0.95 * profile.rows > 10:
        return [(0.3, Reason(ONE_EACH, {}))]
    if profile.values == 1 and profile.rows > 1 and role not in ("lifecycle", "term_date"):
        return [(0.3, Reason(ONE_VALUE, {}))]
    if most is not None and profile.values > most:
        return [(0.85 if role == "organisation" else 0.3, Reason(MANY_VALUES, {"values": profile.values}))]
    return []
