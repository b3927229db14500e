"""For which organisations somebody from outside speaks."""

from __future__ import annotations

from typing import Any

from ..models import OrganisationAccount


def organisations_of(user: Any) -> list[int]:
    """The keys of exactly those organisations, not of their parts."""
    running = OrganisationAccount.objects.filter(user=user.pk, ended_on__isnull=True)
    return list(running.values_list("organisation_id", flat=True))
