"""What an incident weighing can rest on: other apps say here which of their records can be linked to a criterion.

An app says, in a module imported from its ``AppConfig.ready()``::

    register_evidence(
        "investigations.finding", code="bevinding", name=_("finding"), records=lambda user: …, title=str
    )

``records`` gives what ``user`` may see and can link now. What was linked is shown to whoever may see it by then, also
when it could not be linked any more, such as a figure that was taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from zichtlijn.platform.numbers import whole_number
from zichtlijn.platform.search.queries import found_keys

Records = Callable[[Any], models.QuerySet[Any]]
Text = Callable[[Any], str]
Keys = Callable[[Any, str], Iterable[int]]
MOST_KEYS = 200


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of record that a criterion can rest on; ``code`` is its name in the API.

    ``detail`` tells it from others with the same title. ``words(user, asked)`` gives the keys of those that hold
    these words; ``read`` names what the three texts read of others, ``leave`` large fields that they do not.
    """

    model_label: str
    code: str
    name: Any
    records: Records
    title: Text
    reference: Text
    detail: Text
    words: Keys
    read: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The model of these records."""
        return apps.get_model(self.model_label)

    def seen(self, user: Any, keys: Sequence[int]) -> Mapping[int, Any]:
        """Those with these keys that the user may see, by key; one query."""
        manager: Any = self.model._default_manager
        found: Mapping[int, Any] = self._light(manager.visible_to(user)).in_bulk(keys)
        return found

    def linkable(self, user: Any) -> models.QuerySet[Any]:
        """What the user may see and can link now."""
        return self._light(self.records(user))

    def named(self, user: Any, written: str) -> Any:
        """The one with this reference, number or address; None when there is none that the user can link."""
        written = written.strip()
        if is_address(written):
            path = urlsplit(written).path
            keys = [number for part in path.split("/") if (number := whole_number(part)) is not None]
            found = self.linkable(user).filter(pk__in=keys) if keys else ()
            return next((each for each in found if each.get_absolute_url() == path), None)
        number = whole_number(written.rpartition("-")[2])
        record = self.linkable(user).filter(pk=number).first() if number is not None else None
        return record if record and written.upper() in (self.reference(record).upper(), str(number)) else None

    def holding(self, user: Any, asked: str) -> models.QuerySet[Any]:
        """Those that hold these words; without words all of them, the newest first."""
        found = self.linkable(user)
        return found.filter(pk__in=list(self.words(user, asked))[:MOST_KEYS]) if asked else found

    def _light(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        light = records.defer(*self.leave) if self.leave else records
        return light.select_related(*self.read) if self.read else light


_kinds: dict[str, EvidenceKind] = {}


def register_evidence(
    label: str,
    *,
    code: str,
    name: Any,
    records: Records,
    title: Text,
    reference: Text | None = None,
    detail: Text | None = None,
    words: Keys | None = None,
    read: tuple[str, ...] = (),
    leave: tuple[str, ...] = (),
) -> None:
    """Name a kind of record (``app.model``, lower case) that a criterion can rest on.

    Without ``reference`` people call it by its number; without ``words`` it is found by the search of the product.
    """
    asked = words or (lambda user, text: found_keys(user, text, label))
    texts = (title, reference or _number, detail or _nothing)
    _kinds[label] = EvidenceKind(label, code, name, records, *texts, asked, read, leave)


def _number(record: Any) -> str:
    return str(record.pk)


def _nothing(_record: Any) -> str:
    return ""


def is_address(written: str) -> bool:
    """True for the address of a page, with or without the name of the installation."""
    return written.startswith(("/", "http://", "https://"))


def evidence_kinds() -> list[EvidenceKind]:
    """Every kind of record that a criterion can rest on."""
    return list(_kinds.values())


def kind_labelled(label: str) -> EvidenceKind | None:
    """The kind of a model (``app.model``, lower case); None for one that nobody registered."""
    return _kinds.get(label)


def kind_coded(code: str) -> EvidenceKind | None:
    """The kind with this name in the API."""
    return next((kind for kind in _kinds.values() if kind.code == code), None)


def kind_of_type(content_type: int) -> EvidenceKind | None:
    """The kind of a content type, by its key; None also for a model that is not in this installation."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    return _kinds.get(model._meta.label_lower) if model is not None else None


def evidence_value(record: models.Model) -> str:
    """What a form sends for a record."""
    return f"{record._meta.label_lower}:{record.pk}"


def evidence_valued(user: Any, value: str) -> Any:
    """The record that a form sent, when this user can link it; None for any other value."""
    label, _colon, key = value.partition(":")
    kind, number = _kinds.get(label), whole_number(key)
    return kind.linkable(user).filter(pk=number).first() if kind and number is not None else None
