"""Which records can be commented on: an app opts in for its own models."""

from __future__ import annotations

from django.apps import apps
from django.db import models

_commentable: set[str] = set()


def register_commentable(model_label: str) -> None:
    """Let people comment on the records of ``model_label`` (lower case ``app.model``).

    The model has a manager with ``visible_to(user)``: whoever may see the record may read its comments, and staff may
    add one.
    """
    _commentable.add(model_label.lower())


def is_commentable(model: type[models.Model]) -> bool:
    """True when the app of this model opted in."""
    return model._meta.label_lower in _commentable


def commentable_models() -> list[type[models.Model]]:
    """Every model that opted in."""
    return [apps.get_model(label) for label in sorted(_commentable)]
