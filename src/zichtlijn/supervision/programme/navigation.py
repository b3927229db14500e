"""The programme in the main navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, register

GROUP = _("What we do")

register(
    NavItem(_("Work programme"), "programme:programme-list", order=20, group=GROUP, icon="programme"),
    NavItem(_("Activities"), "programme:activity-list", order=21, group=GROUP, icon="activity"),
    NavItem(_("Multi-year perspective"), "programme:perspective-list", order=22, group=GROUP, icon="goal"),
)
