"""What a user can ask about datasets."""

from __future__ import annotations

from typing import Any

from django.db import models

from .models import Agreement, Dataset, SavedFigure, SavedMapping


def datasets_for(user: Any) -> models.QuerySet[Dataset]:
    """The datasets a user may see, with their chain."""
    return Dataset.objects.visible_to(user).select_related("chain").defer("proposed", "mapping", "report")


def figures_for(user: Any) -> models.QuerySet[SavedFigure]:
    """The kept figures a user may see that nobody took back."""
    found = SavedFigure.objects.visible_to(user).standing().select_related("dataset__chain", "made_by")
    return found.defer("result", "remade_result", "dataset__proposed", "dataset__mapping", "dataset__report")


def agreements_of(dataset: Dataset, user: Any) -> models.QuerySet[Agreement]:
    """What a dataset is held against, as far as a user may see it: the agreed chain first."""
    return Agreement.objects.visible_to(user).standing().filter(dataset=dataset).select_related("added_by", "file")


def saved_mappings_for(user: Any) -> models.QuerySet[SavedMapping]:
    """The kept meanings of columns that are offered."""
    return SavedMapping.objects.visible_to(user).filter(is_withdrawn=False).select_related("made_by")
