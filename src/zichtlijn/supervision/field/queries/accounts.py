"""For which organisations somebody from outside speaks."""

from __future__ import annotations

from typing import Any

from ..models import Organisation, OrganisationAccount


def organisations_of(user: Any) -> list[int]:
    """The keys of exactly those organisations, not of their parts."""
    return list(_running(user).values_list("organisation_id", flat=True))


def spoken_for_by(user: Any) -> dict[int, Organisation]:
    """The same organisations by their keys, in one query."""
    return {each.organisation_id: each.organisation for each in _running(user).select_related("organisation")}


def _running(user: Any) -> Any:
    return OrganisationAccount.objects.filter(user=user.pk, ended_on__isnull=True).order_by()
