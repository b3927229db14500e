"""The acts of the 2024 programme as demo records, from the facts in ``examples/programme_2024``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from zichtlijn.supervision.field.demo import known_or_new, read_facts

from . import actions
from .models import Act

KINDS = {"act": "act", "bill": "act", "regulation": "regulation", "framework": "framework"}
STATUSES = {
    "in force": Act.Status.IN_FORCE,
    "adopted, not in force": Act.Status.ADOPTED,
    "bill": Act.Status.BILL,
    "in preparation": Act.Status.PREPARATION,
}


def load(*, actor: Any, folder: Path) -> dict[str, Any]:
    """Load the acts, with the status they have now; what is there already stays as it is.

    Gives every act by ``acts/code``. Raises KeyError for a form or status that is not known.
    """
    with transaction.atomic():
        return {f"acts/{each['code']}": _act(actor, each) for each in read_facts(folder, "acts")}


def _act(actor: Any, each: dict[str, Any]) -> Act:
    later = each.get("status_later", {})
    kind = KINDS[each["form"]]
    status = STATUSES[later.get("status") or each.get("status_in_document", "in force")]
    act: Act = known_or_new(
        Act,
        actions.register_act,
        actor=actor,
        name=each["name"],
        abbreviation=each.get("abbreviation", ""),
        kind=kind,
        status=Act.Status.POLICY if kind == Act.Kind.FRAMEWORK else status,
        in_force_from=later.get("from"),
        bwb_id=each.get("bwb", ""),
        other_spellings="\n".join([*each.get("aliases", []), *filter(None, [each.get("short_name")])]),
        description=each.get("note", ""),
    )
    return act
