"""Where what came in goes to: other apps say here what they take over, and this app asks no more of them.

An app says, in a module imported from its ``AppConfig.ready()``::

    @takes_incidents
    def take_incident(*, actor, weighing) -> models.Model: ...

    register_target(
        "programme.activity", name=_("activities under way"), records=lambda user: …, unfinished=lambda keys: …
    )

The first takes the incident investigation that was decided on, in the same transaction. The second names records that
signals can be added to, and from which an incident file can take people: the app gives those that ``user`` may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import IncidentWeighing

Take = Callable[..., models.Model]
Records = Callable[[Any], models.QuerySet[Any]]
Unfinished = Callable[[Iterable[int]], set[int]]
_takers: list[Take] = []


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of record that signals are added to; ``records(user)`` gives those that are open to it now.

    ``unfinished(keys)`` gives those of which the work is not over: what they rest on is not destroyed.
    """

    model_label: str
    name: Any
    records: Records
    unfinished: Unfinished

    @property
    def model(self) -> type[models.Model]:
        """The model of these records."""
        return apps.get_model(self.model_label)


_targets: dict[str, Target] = {}


def takes_incidents(function: Take) -> Take:
    """Register who takes an incident investigation. Raises ValueError for a second one."""
    if _takers:
        raise ValueError("an incident investigation is handed on to one app")
    _takers.append(function)
    return function


def hand_on_incident(*, actor: Any, weighing: IncidentWeighing) -> models.Model:
    """Give a decided investigation to the app that takes them. Raises ValidationError when there is none."""
    if not _takers:
        message = _("Nothing in this installation takes an incident investigation, so it cannot be decided here.")
        raise ValidationError(message, code="no-taker")
    return _takers[0](actor=actor, weighing=weighing)


def register_target(label: str, *, name: Any, records: Records, unfinished: Unfinished | None = None) -> None:
    """Name a kind of record (``app.model``, lower case) that signals can be added to.

    Without ``unfinished`` none of them is ever taken to be finished.
    """
    _targets[label] = Target(label, name, records, unfinished or set)


def unfinished_among(model: Any, keys: Iterable[int]) -> set[int]:
    """Which records of a model (or the key of its content type) are not finished; all of a model nobody registered."""
    if isinstance(model, int):
        model = ContentType.objects.get_for_id(model).model_class()
    target = _targets.get(model._meta.label_lower) if model is not None else None
    return target.unfinished(keys) if target else set(keys)


def targets() -> list[Target]:
    """Every kind of record that signals can be added to."""
    return list(_targets.values())


def target_choices(user: Any) -> list[tuple[Any, Any]]:
    """The records in groups, for a field of a form; a value is ``app.model:key``."""
    return [
        (target.name, [(target_value(record), str(record)) for record in target.records(user)]) for target in targets()
    ]


def is_target(record: models.Model | None, user: Any) -> bool:
    """True when signals can be added to this record now, by this user; the system may name any of its kind."""
    target = _targets.get(record._meta.label_lower) if record is not None else None
    if record is None or target is None:
        return False
    return user is None or target.records(user).filter(pk=record.pk).exists()


def target_value(record: models.Model | None) -> str:
    """What a form sends for a record; empty for none."""
    return "" if record is None else f"{record._meta.label_lower}:{record.pk}"


def target_named(user: Any, value: str) -> models.Model | None:
    """The record that a form sent, when it is open to this user; None for no value.

    Raises ValidationError for a record that is not, or not any more.
    """
    if not value:
        return None
    label, _colon, key = value.partition(":")
    target = _targets.get(label)
    found = target.records(user).filter(pk=key).first() if target and key.isdecimal() else None
    if found is None:
        raise ValidationError(_("Choose one from the list; this one is not open any more."), code="no-target")
    made: models.Model = found
    return made
