from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "zichtlijn.platform.events"
    label = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from zichtlijn.platform.design.navigation import NavItem, register

        from . import action_names, panels  # noqa: F401 - enter themselves in their registries

        register(
            NavItem(
                name=_("Event record"),
                url_name="events:event-list",
                order=910,
                group=_("Administration"),
                icon="history",
                permission="accounts.see_events",
            )
        )
