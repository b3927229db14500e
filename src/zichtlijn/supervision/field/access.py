"""Who may change the field: those who work with it every day; everybody who can sign in may read it."""

import rules

from zichtlijn.platform.accounts.access import has_role
from zichtlijn.platform.accounts.roles import Role

may_edit_registers = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ANALYST, Role.INSPECTOR, Role.EDITOR)

rules.add_perm("field.edit_field", may_edit_registers)
