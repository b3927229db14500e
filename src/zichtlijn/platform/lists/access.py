"""Who may keep filters: everyone for oneself."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import is_signed_in


@rules.predicate
def is_owner(user: Any, saved: Any) -> bool:
    """The saved filter is the user's own."""
    return saved is not None and saved.owner_id == user.pk


rules.add_perm("lists.save_filter", is_signed_in)
rules.add_perm("lists.rename_filter", is_signed_in & is_owner)
rules.add_perm("lists.delete_filter", is_signed_in & is_owner)
