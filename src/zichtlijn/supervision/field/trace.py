"""The place of the field in the line of sight."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import register_link, register_step

register_step("field.organisation", order=10, name=_("organisation"))
register_step("field.chain", order=15, name=_("chain"))
register_step("field.citizengroup", order=18, name=_("citizen group"))

register_link(
    source="field.organisation",
    target="field.chain",
    name=_("takes part in"),
    forward=lambda organisation: organisation.chains.all(),
    backward=lambda chain: chain.organisations.all(),
)
