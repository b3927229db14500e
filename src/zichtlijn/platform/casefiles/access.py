"""Who decides who else may know of a case file, and who sees who read it."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import has_role, is_administrator
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.accounts.scope import sees

from .models import held_by
from .registry import is_casefile

does_casework = has_role(Role.INSPECTOR, Role.ANALYST, Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)


def _owns(user: Any, file_key: Any) -> bool:
    return held_by(user).get(file_key, False)


def _manages(user: Any, file: Any = None) -> bool:
    """Of a file that is open to all or to a team: who does casework and sees it; of a restricted one: its owner."""
    if file is None or not is_casefile(type(file)):
        return False
    if not sees(user, file):
        return False
    return _owns(user, file.file_key) if file.is_restricted else True


def _owns_file(user: Any, file: Any = None) -> bool:
    return file is None or _owns(user, file.file_key)


manages_file: Any = rules.predicate(_manages)
owns_file: Any = rules.predicate(_owns_file)

rules.add_perm("casefiles.change_access", does_casework & manages_file)
rules.add_perm("casefiles.replace_owner", is_administrator)
rules.add_perm("casefiles.see_files", is_administrator)
rules.add_perm("casefiles.see_readings", is_administrator | (does_casework & owns_file))
