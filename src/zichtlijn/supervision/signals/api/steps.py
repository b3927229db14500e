"""The steps of the triage as the API takes them: their names, what each asks, and the action that it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..actions import evaluating, triage, tying, weighing
from ..handing_on import target_named
from ..models import Signal
from ..norms import NO_ACTION_GROUNDS
from ..queries.signal import find_by_reference
from .serializers import Strict, Words

Values = dict[str, Any]


class StapInvoer(Strict):
    """What every step has: its name, and the revision that the caller saw."""

    stap = serializers.CharField()
    revisie = serializers.IntegerField(min_value=1, source="revision")


class MetReden(StapInvoer):
    """A step that asks why."""

    reden = Words(most=4_000, required=True, source="reason")


class MetVraag(StapInvoer):
    """A question to whoever sent it."""

    vraag = Words(most=10_000, required=True, source="question")


class EvaluatieVragen(StapInvoer):
    """What the organisation is to find out, and by which day."""

    vraag = Words(most=4_000, required=True, source="question")
    uiterlijk = serializers.DateField(source="due_on")


class GeenActie(MetReden):
    """On what ground nothing is done, and what the sender is told."""

    grond = serializers.ChoiceField(choices=list(NO_ACTION_GROUNDS), source="ground")
    bericht = Words(most=10_000, source="message")


class Doorgeven(MetReden):
    """For which supervisor it is."""

    ontvanger = Words(most=200, required=True, source="recipient")
    bericht = Words(most=10_000, source="message")


class Toevoegen(StapInvoer):
    """To what it is added, as ``programme.activity:12``."""

    doel = Words(most=100, required=True, source="target")
    reden = Words(most=4_000, source="reason")
    bericht = Words(most=10_000, source="message")


class Samenvoegen(MetReden):
    """Into which other one."""

    met = Words(most=40, required=True, source="into")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its code in the table of transitions, what it asks, and what it calls."""

    code: str
    asks: type[StapInvoer]
    act: Callable[[Any, Signal, Values], Any]


def _plain(action: Callable[..., Any]) -> Callable[[Any, Signal, Values], Any]:
    return lambda actor, signal, values: action(actor=actor, signal=signal, **values)


def _add(actor: Any, signal: Signal, values: Values) -> Any:
    try:
        target = target_named(actor, values.pop("target"))
    except ValidationError as error:
        raise ValidationError({"target": error}) from error
    return triage.add_to_activity(actor=actor, signal=signal, target=target, **values)


def _merge(actor: Any, signal: Signal, values: Values) -> Any:
    into = find_by_reference(actor, values.pop("into"))
    if into is None:
        raise ValidationError({"into": ValidationError(_("There is none with this reference."), code="unknown")})
    return tying.merge(actor=actor, signal=signal, into=into, **values)


def _weigh(actor: Any, signal: Signal, values: Values) -> Any:
    return weighing.start_weighing(actor=actor, about=signal, **values)


STEPS: Mapping[str, Step] = {
    "in-behandeling-nemen": Step("take_up", StapInvoer, _plain(triage.take_up)),
    "terugleggen": Step("put_back", MetReden, _plain(triage.put_back)),
    "melder-vragen": Step("ask_sender", MetVraag, _plain(triage.ask_sender)),
    "eigen-evaluatie-vragen": Step("ask_evaluation", EvaluatieVragen, _plain(evaluating.ask_evaluation)),
    "niet-langer-wachten": Step("stop_waiting", MetReden, _plain(triage.stop_waiting)),
    "incidentweging-beginnen": Step("start_weighing", StapInvoer, _weigh),
    "geen-actie": Step("take_no_action", GeenActie, _plain(triage.take_no_action)),
    "toevoegen": Step("add_to_activity", Toevoegen, _add),
    "doorgeven": Step("pass_on", Doorgeven, _plain(triage.pass_on)),
    "samenvoegen": Step("merge", Samenvoegen, _merge),
    "afsplitsen": Step("split_off", MetReden, _plain(tying.split_off)),
    "heropenen": Step("reopen", MetReden, _plain(triage.reopen)),
}
NAMES = {step.code: name for name, step in STEPS.items()}
FIELDS = {
    "reason": "reden",
    "question": "vraag",
    "due_on": "uiterlijk",
    "ground": "grond",
    "message": "bericht",
    "recipient": "ontvanger",
    "target": "doel",
    "into": "met",
}
