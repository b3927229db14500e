"""Who may start a job again: whoever started it, and an administrator."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import is_administrator, is_signed_in


@rules.predicate
def is_owner(user: Any, job: Any) -> bool:
    """The user asked for this job."""
    return job is not None and job.owner_id == user.pk


rules.add_perm("tasks.restart_job", is_administrator | (is_signed_in & is_owner))
