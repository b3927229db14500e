"""What ``zichtlijn verify`` asks of case files: that audiences follow from access, also in the search index."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from .models import STAFF_AUDIENCE, Access, audience_of
from .registry import casefile_models

MOST_NAMED = 20


def wrong_audiences() -> list[str]:
    """A sentence for each record whose audience is not what its access says; the first of each kind."""
    found: list[str] = []
    for model in casefile_models():
        manager: Any = model._base_manager
        wrong = manager.filter(
            Q(access=Access.OPEN) & ~Q(audience=STAFF_AUDIENCE)
            | Q(access=Access.TEAM) & ~Q(audience=Concat(Value("team:"), Cast("team_id", CharField())))
            | Q(access=Access.RESTRICTED) & ~Q(audience__startswith="file:")
        )
        for record in wrong.order_by("pk")[:MOST_NAMED]:
            expected = audience_of(record.access, record.team_id, record.file_key)
            said = {"record": record, "found": record.audience, "expected": expected}
            found.append(_("the audience of %(record)s is %(found)s and should be %(expected)s") % said)
    return found
