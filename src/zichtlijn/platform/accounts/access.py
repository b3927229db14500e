"""Predicates on roles, for the ``access`` modules of all apps (``rules.add_perm``)."""

from __future__ import annotations

from typing import Any

import rules

from .roles import Role

STAFF = (
    Role.ADMINISTRATOR,
    Role.INSPECTOR,
    Role.PROGRAMME_MANAGER,
    Role.ANALYST,
    Role.EDITOR,
    Role.INSPECTOR_GENERAL,
)
INSIDE = (*STAFF, Role.READER)
OUTSIDE = (Role.ORGANISATION, Role.PARTNER)
"""They see what is their own, or was shared with them by name, and nothing else."""


def has_role(*roles: str) -> Any:
    """A ``rules`` predicate: the user is active and has one of ``roles``."""

    def check(user: Any, _object: Any = None) -> bool:
        return bool(getattr(user, "is_authenticated", False)) and user.has_role(*roles)

    return rules.predicate(check, name="has_role:" + "|".join(roles))


is_administrator = has_role(Role.ADMINISTRATOR)
is_staff_member = has_role(*STAFF)
is_signed_in = has_role(*INSIDE)
is_outsider = has_role(*OUTSIDE)

rules.add_perm("accounts.manage_users", is_administrator)
rules.add_perm("accounts.see_events", is_administrator)
