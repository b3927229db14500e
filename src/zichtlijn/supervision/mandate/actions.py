"""Acts: register and edit."""

from __future__ import annotations

from datetime import date
from typing import Any

from zichtlijn.platform.events.actions import action
from zichtlijn.supervision.field.keeping import add, change

from .models import Act

PERMISSION = "mandate.edit_act"


@action("mandate.register_act", permission=PERMISSION)
def register_act(
    *,
    actor: Any,
    name: str,
    abbreviation: str = "",
    kind: str = Act.Kind.ACT,
    status: str = Act.Status.IN_FORCE,
    in_force_from: date | None = None,
    bwb_id: str = "",
    other_spellings: str = "",
    description: str = "",
    is_demo: bool = False,
    reason: str = "",
) -> Act:
    """Add an act, bill, regulation or framework."""
    act = Act(
        name=name,
        abbreviation=abbreviation,
        kind=kind,
        status=status,
        in_force_from=in_force_from,
        bwb_id=bwb_id,
        other_spellings=other_spellings,
        description=description,
        is_demo=is_demo,
    )
    return add(act, actor=actor, action="mandate.register_act", reason=reason)


@action("mandate.edit_act", permission=PERMISSION, on="act")
def edit_act(
    *,
    actor: Any,
    act: Act,
    name: str,
    abbreviation: str = "",
    kind: str,
    status: str,
    in_force_from: date | None = None,
    bwb_id: str = "",
    other_spellings: str = "",
    description: str = "",
    reason: str = "",
) -> Act:
    """Change what is known about an act, such as that it came into force."""
    values = {
        "name": name,
        "abbreviation": abbreviation,
        "kind": kind,
        "status": status,
        "in_force_from": in_force_from,
        "bwb_id": bwb_id,
        "other_spellings": other_spellings,
        "description": description,
    }
    return change(act, values, actor=actor, action="mandate.edit_act", reason=reason)
