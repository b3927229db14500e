"""Who may bring documents in, cite them and decide about proposals."""

from __future__ import annotations

import rules

from zichtlijn.platform.accounts.access import has_role, is_signed_in, is_staff_member
from zichtlijn.platform.accounts.roles import Role

reviews = has_role(
    Role.PROGRAMME_MANAGER, Role.INSPECTOR, Role.ANALYST, Role.EDITOR, Role.INSPECTOR_GENERAL, Role.ADMINISTRATOR
)
decides = has_role(Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL, Role.ADMINISTRATOR)

rules.add_perm("sources.view_document", is_signed_in)
rules.add_perm("sources.view_proposal", is_staff_member)
rules.add_perm("sources.import_document", is_staff_member)
rules.add_perm("sources.change_document", is_staff_member)
rules.add_perm("sources.cite_document", reviews)
rules.add_perm("sources.decide_proposal", decides)
