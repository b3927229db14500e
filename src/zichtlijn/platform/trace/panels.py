"""Panels on object pages: how an app further down the line of sight shows itself on the page of one above it.

``field`` may not import ``programme``, and yet the page of an organisation shows the activities that concern it: the
programme app registers a panel for ``field.organisation``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString

Render = Callable[[HttpRequest, models.Model], SafeString | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of an object page; ``render`` gives None where it has nothing to show to this user."""

    model_label: str
    name: str
    order: int
    render: Render


_panels: dict[tuple[str, str], Panel] = {}


def register_panel(*, model_label: str, name: str, order: int, render: Render) -> None:
    """Add a panel to the pages of ``model_label`` (lower case ``app.model``), or of every object with ``*``."""
    _panels[model_label, name] = Panel(model_label, name, order, render)


def panels_of(record: models.Model) -> list[Panel]:
    """The panels for one object, in their order; one for the model itself goes before one of that name for all."""
    label = record._meta.label_lower
    found = {panel.name: panel for panel in _panels.values() if panel.model_label == "*"}
    found |= {panel.name: panel for panel in _panels.values() if panel.model_label == label}
    return sorted(found.values(), key=lambda panel: (panel.order, panel.name))
