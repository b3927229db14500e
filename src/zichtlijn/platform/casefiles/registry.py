"""Which models are case files or parts of one, so that access and readings reach all of a file."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .models import NeedToKnow, NeedToKnowQuerySet


def casefile_models() -> list[type[NeedToKnow]]:
    """Every model whose records are case files: all that are built on ``NeedToKnow``."""
    found = [model for model in apps.get_models() if issubclass(model, NeedToKnow)]
    return sorted(found, key=lambda model: model._meta.label_lower, reverse=True)


def is_casefile(model: type[models.Model]) -> bool:
    """True for a model whose records are case files."""
    return issubclass(model, NeedToKnow)


def casefile_of(record: models.Model | None) -> NeedToKnow | None:
    """The case file that a record is, or is part of; None for anything else.

    A part is a record of a model that is scoped by need-to-know (its manager is a ``NeedToKnowQuerySet``), or one
    about another by a generic key ``about``, such as a comment. It is followed to its case file.
    """
    if record is None or isinstance(record, NeedToKnow):
        return record
    for name in _paths(type(record)):
        found = casefile_of(getattr(record, name))
        if found is not None:
            return found
    return None


def is_need_to_know(model: type[models.Model]) -> bool:
    """True for models whose records are, or are part of, a case file: what is written in them can be destroyed."""
    return issubclass(model, NeedToKnow) or _is_scoped(model)


@cache
def _paths(model: type[models.Model]) -> tuple[str, ...]:
    """The fields of a part that lead to its case file."""
    if _has_about(model):
        return ("about",)
    if not _is_scoped(model):
        return ()
    keys = [field for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one]
    return tuple(field.name for field in keys if _leads_on(model, field.related_model))


def _leads_on(model: type[models.Model], target: Any) -> bool:
    return target is not model and is_need_to_know(target)


def _is_scoped(model: type[models.Model]) -> bool:
    return isinstance(model._default_manager.all(), NeedToKnowQuerySet)


def _has_about(model: type[models.Model]) -> bool:
    try:
        field: Any = model._meta.get_field("about")
    except FieldDoesNotExist:
        return False
    return not field.concrete and not field.auto_created
