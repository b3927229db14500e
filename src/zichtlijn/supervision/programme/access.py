"""Who may write, propose and decide in the programme. The administrator keeps the accounts and decides nothing."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import has_role, is_signed_in
from zichtlijn.platform.accounts.roles import Role

from .models import Activity, ActivityState

is_manager = has_role(Role.PROGRAMME_MANAGER)
is_inspector_general = has_role(Role.INSPECTOR_GENERAL)
is_contributor = has_role(Role.INSPECTOR, Role.ANALYST, Role.EDITOR)
is_inspector = has_role(Role.INSPECTOR)


def _is_candidate_in_draft(_user: Any, activity: Activity | None = None) -> bool:
    """The activity is still a candidate of a draft; without an activity the question is asked in general."""
    return activity is None or (activity.state == ActivityState.CANDIDATE and activity.programme.is_draft)


is_candidate_in_draft: Any = rules.predicate(_is_candidate_in_draft)

rules.add_perm("programme.view_programme", is_signed_in)
rules.add_perm("programme.write_programme", is_manager)
rules.add_perm("programme.add_activity", is_manager | is_contributor)
rules.add_perm("programme.change_activity", is_manager | (is_contributor & is_candidate_in_draft))
rules.add_perm("programme.choose_activity", is_manager)
rules.add_perm("programme.progress_activity", is_manager | is_inspector)
rules.add_perm("programme.take_incident", is_manager | is_inspector_general)
rules.add_perm("programme.send_programme", is_manager | is_inspector_general)
rules.add_perm("programme.decide_programme", is_inspector_general)
rules.add_perm("programme.propose_amendment", is_manager)
rules.add_perm("programme.decide_amendment", is_inspector_general)
