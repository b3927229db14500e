"""Which rule holds for what, and the rules as they are delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from .models import RetentionRule

DATA = Path(__file__).resolve().parent / "data" / "rules.yaml"


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which something must have ended for one rule to hold, both included; None: since always, for now."""

    rule: RetentionRule
    first: date | None
    last: date | None


class Rulebook:
    """All rules that stand, read once."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], list[RetentionRule]] = {}
        for rule in RetentionRule.objects.standing():
            self._rules.setdefault((rule.kind, rule.outcome), []).append(rule)

    def on(self, kind: str, outcome: str, day: date) -> RetentionRule | None:
        """The rule for what ended with ``outcome`` on ``day``: its own goes before that for any outcome."""
        for key in dict.fromkeys([(kind, outcome), (kind, "")]):
            held = [rule for rule in self._rules.get(key, []) if rule.valid_from is None or rule.valid_from <= day]
            if held:
                return max(held, key=lambda rule: rule.valid_from or date.min)
        return None

    def periods(self, kind: str, outcome: str) -> list[Period]:
        """The rules for an outcome one after the other, each with the days for which it holds."""
        rules = [*self._rules.get((kind, outcome), []), *self._rules.get((kind, ""), [])]
        days = sorted({rule.valid_from or date.min for rule in rules})
        found = []
        for number, day in enumerate(days):
            rule = self.on(kind, outcome, day)
            last = days[number + 1] - timedelta(days=1) if number + 1 < len(days) else None
            if rule is not None:
                found.append(Period(rule, None if day == date.min else day, last))
        return found


def load_rules() -> int:
    """Put in the rules that are not there yet, and leave what was changed alone; gives how many are new."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rules"]
    with transaction.atomic():
        known = set(RetentionRule._base_manager.values_list("kind", "outcome"))
        new = [RetentionRule(**_values(row)) for row in rows if (row["kind"], row.get("outcome", "")) not in known]
        return len(RetentionRule._base_manager.bulk_create(new))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = dict(row)
    term = values.pop("term", {})
    return values | {"amount": term.get("amount"), "unit": term.get("unit", "")}
