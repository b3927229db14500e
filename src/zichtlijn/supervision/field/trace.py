"""The place of the field in the line of sight: whom the work is about, after what was chosen.

Who takes part in which chain is no step of the line: it would lead from one activity through its organisation to every
other activity in the same chain.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import register_step

register_step("field.organisation", order=60, name=_("organisation"))
register_step("field.chain", order=65, name=_("chain"))
register_step("field.citizengroup", order=70, name=_("citizen group"))
