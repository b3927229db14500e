"""The steps of the triage as the API takes them: their names, what each asks, and the action that it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..actions import evaluating, triage, tying, weighing
from ..handing_on import target_named
from ..models import Signal
from ..norms import NO_ACTION_GROUNDS
from ..queries.signal import find_by_reference
from ..transitions import SIGNAL
from . import words
from .serializers import Words
from .stepping import MetReden, StapInvoer, Step, StepsOf, Values, calling


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


STEPS: Mapping[str, Step] = {
    "in-behandeling-nemen": Step("take_up", StapInvoer, calling(triage.take_up, "signal")),
    "terugleggen": Step("put_back", MetReden, calling(triage.put_back, "signal")),
    "melder-vragen": Step("ask_sender", MetVraag, calling(triage.ask_sender, "signal")),
    "eigen-evaluatie-vragen": Step("ask_evaluation", EvaluatieVragen, calling(evaluating.ask_evaluation, "signal")),
    "niet-langer-wachten": Step("stop_waiting", MetReden, calling(triage.stop_waiting, "signal")),
    "incidentweging-beginnen": Step("start_weighing", StapInvoer, calling(weighing.start_weighing, "about")),
    "geen-actie": Step("take_no_action", GeenActie, calling(triage.take_no_action, "signal")),
    "toevoegen": Step("add_to_activity", Toevoegen, _add),
    "doorgeven": Step("pass_on", Doorgeven, calling(triage.pass_on, "signal")),
    "afdoen-met-incidentdossier": Step("finish_in_incident", StapInvoer, calling(triage.finish_in_incident, "signal")),
    "samenvoegen": Step("merge", Samenvoegen, _merge),
    "afsplitsen": Step("split_off", MetReden, calling(tying.split_off, "signal")),
    "heropenen": Step("reopen", MetReden, calling(triage.reopen, "signal")),
}
OF_SIGNAL = StepsOf("stappen", STEPS, words.STATES, SIGNAL)
NAMES = OF_SIGNAL.names
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
