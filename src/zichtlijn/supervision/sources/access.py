"""Who may bring documents and datasets in, cite them, see cases and decide about proposals."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import has_role, is_signed_in, is_staff_member
from zichtlijn.platform.accounts.roles import Role

reviews = has_role(
    Role.PROGRAMME_MANAGER, Role.INSPECTOR, Role.ANALYST, Role.EDITOR, Role.INSPECTOR_GENERAL, Role.ADMINISTRATOR
)
decides = has_role(Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL, Role.ADMINISTRATOR)
# Readers and editors see figures; the cases behind them are for who works with them.
sees_cases = has_role(Role.ANALYST, Role.INSPECTOR, Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)


def _is_not_of_somebody_else(user: Any, dataset: Any) -> bool:
    """A log of our own events holds what one person may see; asked without a dataset it is about datasets at all."""
    return dataset is None or dataset.only_for_id in (None, user.pk)


is_not_of_somebody_else: Any = rules.predicate(_is_not_of_somebody_else)

rules.add_perm("sources.view_document", is_signed_in)
rules.add_perm("sources.view_proposal", is_staff_member)
rules.add_perm("sources.import_document", is_staff_member)
rules.add_perm("sources.change_document", is_staff_member)
rules.add_perm("sources.cite_document", reviews)
rules.add_perm("sources.decide_proposal", decides)
rules.add_perm("sources.view_dataset", is_signed_in)
rules.add_perm("sources.view_cases", sees_cases & is_not_of_somebody_else)
rules.add_perm("sources.add_dataset", sees_cases)
rules.add_perm("sources.change_dataset", sees_cases & is_not_of_somebody_else)
rules.add_perm("sources.save_figure", sees_cases & is_not_of_somebody_else)
