from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "zichtlijn.platform.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Make the permissions, the names and what recurs known, and show the count in the head of every page."""
        from zichtlijn.platform.design.context import count_in_head
        from zichtlijn.platform.design.navigation import NavItem, register

        from . import access, own_troubles, recurring, wording  # noqa: F401 - enter themselves in their registries
        from .queries import unread_count

        count_in_head("notices:list", unread_count)
        register(
            NavItem(
                _("What asks attention"),
                "notices:attention",
                order=899,
                group=_("Administration"),
                icon="warning",
                permission="notices.see_troubles",
            )
        )
        register(
            NavItem(
                _("Mail and recurring work"),
                "notices:outbox",
                order=906,
                group=_("Administration"),
                icon="history",
                permission="notices.see_outbox",
            )
        )
