"""Who may change acts: the same people who keep the field."""

import rules

from zichtlijn.supervision.field.access import may_edit_registers

rules.add_perm("mandate.edit_act", may_edit_registers)
