"""States and allowed steps: one explicit table per object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class StepRefused(ValidationError):
    """The step does not exist in this state."""


@dataclass(frozen=True)
class Transitions:
    """``table[state][step]`` is the state after the step; a pair that is not there is forbidden."""

    table: Mapping[str, Mapping[str, str]]

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        return frozenset(self.table) | {after for steps in self.table.values() for after in steps.values()}

    @property
    def steps(self) -> frozenset[str]:
        """Every step that the table names."""
        return frozenset(step for steps in self.table.values() for step in steps)

    def allowed(self, state: str) -> tuple[str, ...]:
        """The steps that can be taken in ``state``, in the order of the table."""
        return tuple(self.table.get(state, {}))

    def after(self, state: str, step: str) -> str:
        """The state after ``step``. Raises StepRefused when the table does not allow it."""
        try:
            return self.table[state][step]
        except KeyError:
            message = _("The step “%(step)s” is not possible while the state is “%(state)s”.")
            raise StepRefused(message, code="step-refused", params={"step": step, "state": state}) from None
