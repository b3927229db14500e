"""Who keeps the rules, places holds and destroys. Whoever makes a list neither reviews nor approves it."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import has_role, is_administrator
from zichtlijn.platform.accounts.roles import Role

from .registry import can_be_held

is_keeper = has_role(Role.ADMINISTRATOR, Role.INSPECTOR_GENERAL)
is_reviewer = has_role(Role.ADMINISTRATOR, Role.INSPECTOR_GENERAL, Role.PROGRAMME_MANAGER)


def _did_not_make_it(user: Any, found: Any = None) -> bool:
    return found is None or found.made_by_id != user.pk


def _sees_it(user: Any, record: Any = None) -> bool:
    if record is None:
        return True
    seen = type(record)._default_manager.visible_to(user)
    return can_be_held(record._meta.label_lower) and bool(seen.filter(pk=record.pk).exists())


did_not_make_it: Any = rules.predicate(_did_not_make_it)
sees_it: Any = rules.predicate(_sees_it)

rules.add_perm("retention.see", is_reviewer)
rules.add_perm("retention.change_rules", is_administrator)
rules.add_perm("retention.make_list", is_keeper)
rules.add_perm("retention.review_lines", is_reviewer & did_not_make_it)
rules.add_perm("retention.approve_list", is_keeper & did_not_make_it)
rules.add_perm("retention.destroy", is_keeper)
rules.add_perm("retention.place_hold", is_reviewer & sees_it)
rules.add_perm("retention.lift_hold", is_keeper & sees_it)
