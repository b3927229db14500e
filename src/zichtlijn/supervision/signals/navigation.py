"""What comes in, in the main navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, PublicLink, register, register_public

GROUP = _("What comes in")

register_public(PublicLink(_("Report something to the inspectorate"), "report:start"))

register(
    NavItem(_("Work list"), "signals:work-list", order=10, group=GROUP, icon="inbox", permission="signals.see_list"),
    NavItem(
        _("Terms and texts"), "signals:reference", order=18, group=GROUP, icon="list", permission="signals.see_list"
    ),
    NavItem(
        _("My notifications"),
        "signals:portal",
        order=10,
        group=GROUP,
        icon="inbox",
        permission="signals.submit_notification",
        outside=True,
    ),
    NavItem(
        _("Citizen form"),
        "report:closing",
        order=910,
        group=_("Administration"),
        icon="inbox",
        permission="signals.close_form",
    ),
)
