"""What can be done with the figures of a draft."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import action

from ..changing import Values, create, edit, remove
from ..locking import lock
from ..models import Figure, Programme
from .programmes import WRITE, require_draft


@action("programme.add_figure", permission=WRITE)
def add_figure(*, actor: Any, programme: Programme, values: Values) -> Figure:
    """A figure from ``subject``, ``value``, ``unit`` and optionally ``year``, ``note``, ``is_demo``."""
    require_draft(lock(programme))
    return create(
        Figure(programme=programme, is_demo=programme.is_demo),
        actor=actor,
        action="programme.add_figure",
        values=values,
    )


@action("programme.edit_figure", permission=WRITE, on="figure")
def edit_figure(*, actor: Any, figure: Figure, values: Values, revision: int | None = None, reason: str = "") -> Figure:
    """Change a figure of a draft."""
    require_draft(lock(figure.programme))
    return edit(figure, actor=actor, action="programme.edit_figure", values=values, revision=revision, reason=reason)


@action("programme.remove_figure", permission=WRITE, on="figure")
def remove_figure(*, actor: Any, figure: Figure, reason: str = "") -> None:
    """Take a figure out of a draft."""
    require_draft(lock(figure.programme))
    remove(figure, actor=actor, action="programme.remove_figure", reason=reason)
