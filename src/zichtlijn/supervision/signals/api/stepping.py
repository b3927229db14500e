"""Taking a step through the API, whatever it is taken with: what every step asks, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers

from zichtlijn.platform.api.idempotency import answer_once
from zichtlijn.platform.api.problems import Problem, fault
from zichtlijn.platform.events.transitions import StepRefused, Transitions

from .serializers import Strict, Words

Values = dict[str, Any]


class Stap(Strict):
    """What every step has: its name."""

    stap = serializers.CharField()


class StapInvoer(Stap):
    """And the revision that the caller saw, of what has one."""

    revisie = serializers.IntegerField(min_value=1, source="revision")


class MetReden(StapInvoer):
    """A step that asks why."""

    reden = Words(most=4_000, required=True, source="reason")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its code in the table of transitions, what it asks, and what it calls with actor, record, values."""

    code: str
    asks: type[Stap]
    act: Callable[[Any, Any, Values], Any]


@dataclass(frozen=True)
class StepsOf:
    """The steps with one kind of record, under their names in the API; ``states``: the names of its states.

    ``beside``: state -> what can be done in it beside the steps of the table.
    """

    operation: str
    steps: Mapping[str, Step]
    states: Mapping[Any, str]
    table: Transitions
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """The name in the API of every step of the product."""
        return {step.code: name for name, step in self.steps.items()}

    def allowed(self, state: str) -> list[str]:
        """The steps that a state allows; who may take them is asked when one is taken."""
        possible = (*self.beside.get(state, ()), *self.table.allowed(state))
        return [self.names[step] for step in possible if step in self.names]

    def state_of(self, record: Any) -> str:
        """The state that it is in now."""
        return str(type(record)._base_manager.values_list("state", flat=True).get(pk=record.pk))


def calling(action: Callable[..., Any], role: str) -> Callable[[Any, Any, Values], Any]:
    """An action that takes the record under the name ``role``, and all values as they are."""
    return lambda actor, record, values: action(actor=actor, **{role: record}, **values)


def take(request: Any, record: Any, steps: StepsOf, shown: Callable[[], Any]) -> HttpResponse:
    """Take the step that the request names; ``shown`` gives the answer after it.

    409 when the state does not allow it, or when somebody changed the record since.
    """
    step = _chosen(request.data, steps)
    checked = step.asks(data=request.data)
    checked.is_valid(raise_exception=True)
    values = {name: value for name, value in checked.validated_data.items() if name != "stap"}

    def work() -> tuple[int, Any]:
        if step.code not in steps.table.steps and step.code not in steps.beside.get(steps.state_of(record), ()):
            raise _refused(record, step, steps)
        try:
            step.act(request.user, record, dict(values))
        except StepRefused as error:
            raise _refused(record, step, steps) from error
        return 200, shown()

    return answer_once(request, operation=steps.operation, work=work)


def _chosen(data: Any, steps: StepsOf) -> Step:
    name = data.get("stap") if isinstance(data, dict) else None
    if not isinstance(name, str) or name not in steps.steps:
        detail = _("Choose one of: %(names)s.") % {"names": ", ".join(steps.steps)}
        raise Problem(400, _("The request is not right."), detail, [fault(detail, code="unknown", pointer="/stap")])
    return steps.steps[name]


def _refused(record: Any, step: Step, steps: StepsOf) -> Problem:
    """The step is not in the table for the state that it is in now; in the words of the API."""
    told = {"step": steps.names[step.code], "state": steps.states[steps.state_of(record)]}
    detail = _("The step “%(step)s” cannot be taken while it is “%(state)s”.") % told
    fault_of_step = fault(detail, code="step-refused", pointer="/stap")
    return Problem(409, _("This cannot be done as it stands now."), detail, [fault_of_step])
