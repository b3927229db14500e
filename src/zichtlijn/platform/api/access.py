"""Who makes tokens, and for whom."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import is_administrator, is_staff_member
from zichtlijn.platform.accounts.roles import Role

from .models import ApiToken


def _may_have_it_made(user: Any, holder: Any = None) -> bool:
    """The administrator for organisations; staff for oneself, so that nobody can read or decide as somebody else."""
    if holder is None:
        return True
    if holder.has_role(Role.ORGANISATION):
        return bool(is_administrator(user))
    return bool(holder.pk == user.pk)


def _may_end_it(user: Any, token: ApiToken | None = None) -> bool:
    return token is None or token.user_id == user.pk or bool(is_administrator(user))


may_have_it_made: Any = rules.predicate(_may_have_it_made)
may_end_it: Any = rules.predicate(_may_end_it)

rules.add_perm("api.make_token", is_staff_member & may_have_it_made)
rules.add_perm("api.revoke_token", is_staff_member & may_end_it)
