"""Which records can be found, and by which words: every app registers its own in ``search.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

NOBODY = "nobody"
"""The audience of a record that nobody finds by searching, such as the draft of somebody else."""

Text = Callable[[Any], str]
Owners = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True)
class Searchable:
    """How one model is found. ``follow`` names other models, with the records whose entry their change touches."""

    model_label: str
    title: Text
    body: Text
    url: Text
    follow: Mapping[str, Owners] = field(default_factory=dict)
    select_related: tuple[str, ...] = ()
    order: int = 100
    audience: Text | None = None

    def stored_records(self) -> models.QuerySet[Any]:
        """All records, with what ``title`` and ``body`` read from others; nobody's scope."""
        records: models.QuerySet[Any] = self.model._base_manager.order_by("pk")
        return records.select_related(*self.select_related) if self.select_related else records

    @property
    def model(self) -> type[models.Model]:
        """The model class."""
        return apps.get_model(self.model_label)

    def visible_to(self, user: Any) -> models.QuerySet[Any]:
        """The records that the user may see."""
        found: models.QuerySet[Any] = self.model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
        return found


_registered: dict[str, Searchable] = {}


def register_searchable(
    model_label: str,
    *,
    title: Text,
    body: Text,
    url: Text | None = None,
    follow: Mapping[str, Owners] | None = None,
    select_related: tuple[str, ...] = (),
    order: int = 100,
    audience: Text | None = None,
) -> None:
    """Make the records of ``model_label`` (lower case ``app.model``) findable.

    ``title`` and ``body`` give the text of a record, ``url`` its address (default: ``get_absolute_url``). ``follow``:
    ``{"field.organisationname": lambda name: [name.organisation]}`` writes the entry of the organisation again when
    one of its names is saved or deleted. ``select_related`` names what ``title`` and ``body`` read, so that
    indexing many records takes few queries. ``order``: place of the type among the results' headings. ``audience``
    gives the audience of a record that only some may know of (``NeedToKnow.audience``); it is kept in the entry, so
    that staff is served by one indexed column (``NOBODY`` for one that must not be found). A record that is
    restricted to named people is shown without a passage, so that searching reads nothing of it.
    """
    address = url or (lambda record: record.get_absolute_url())
    label = model_label.lower()
    _registered[label] = Searchable(label, title, body, address, follow or {}, select_related, order, audience)


def searchables() -> list[Searchable]:
    """All that can be found, in order."""
    return sorted(_registered.values(), key=lambda each: (each.order, each.model_label))


def searchable_of(model: type[models.Model]) -> Searchable | None:
    """How this model is found, None when it cannot be."""
    return _registered.get(model._meta.label_lower)


def followed_by(model: type[models.Model]) -> list[Owners]:
    """For a model that others follow: the functions that give the records whose entry it touches."""
    label = model._meta.label_lower
    return [each.follow[label] for each in _registered.values() if label in each.follow]
