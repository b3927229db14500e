"""Everybody reads and arranges their own notices; the administrator watches over the outbox."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import is_administrator


@rules.predicate
def _is_own(user: Any, setting: Any = None) -> bool:
    return bool(user.is_authenticated and user.is_active) and (setting is None or setting.user_id == user.pk)


rules.add_perm("notices.change_own", _is_own)
rules.add_perm("notices.see_outbox", is_administrator)
rules.add_perm("notices.try_again", is_administrator)
rules.add_perm("notices.see_troubles", is_administrator)
