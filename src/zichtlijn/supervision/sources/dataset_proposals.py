"""What the software thinks the columns mean, kept as JSON beside the dataset and told in words."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from zichtlijn.analysis.eventlogs.model import Column, Role

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.proposing import Candidate, ProposedMapping


@dataclass(frozen=True)
class Likely:
    """A column that a role could have, and why."""

    column: Column
    reason: str


def proposal_as_json(proposed: ProposedMapping) -> dict[str, Any]:
    """The mapping, and per role the candidates with their reasons, as plain JSON."""
    candidates = {role: [_candidate(each) for each in found] for role, found in proposed.candidates.items()}
    return {"mapping": proposed.mapping.as_json(), "candidates": candidates}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    reasons = [{"message": reason.message, "params": dict(reason.params)} for reason in candidate.reasons]
    column = {"name": candidate.column.name, "level": candidate.column.level}
    return {"column": column, "score": candidate.score, "reasons": reasons}


def likely_columns(proposed: Values[str, Any], role: Role) -> list[Likely]:
    """The candidates for a role, best first, with their reasons in the language of the reader."""
    found = proposed.get("candidates", {}).get(role, [])
    return [Likely(Column(**each["column"]), _in_words(each["reasons"])) for each in found]


def _in_words(reasons: list[dict[str, Any]]) -> str:
    return " ".join(_sentence(**reason) for reason in reasons)


def _sentence(message: str, params: dict[str, Any]) -> str:
    translated = gettext(message)
    return translated % params if params else translated
