"""What a user can ask about acts."""

from __future__ import annotations

from typing import Any

from zichtlijn.supervision.field.recognition import NameIndex

from .models import Act


def act_index() -> NameIndex[Act]:
    """All ways to write the acts. Make it once for many look-ups."""
    index: NameIndex[Act] = NameIndex()
    for act in Act.objects.all():
        index.put(act, [act.name, act.abbreviation, act.bwb_id])
        index.put(act, act.other_spellings.splitlines(), tier=1)
    return index


def find_act(name_or_abbreviation: str) -> Act | None:
    """The act that is written so (name, abbreviation, other spelling or BWB identifier); None when there is none."""
    return act_index().find(name_or_abbreviation)


def acts_for(user: Any) -> Any:
    """The rows of the list of acts."""
    return Act.objects.visible_to(user)
