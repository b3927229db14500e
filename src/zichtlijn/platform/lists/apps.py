from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "zichtlijn.platform.lists"
    label = "lists"
    verbose_name = _("Lists")

    def ready(self) -> None:
        """Make the permissions known and put the page in the navigation."""
        from zichtlijn.platform.design import navigation

        from . import access  # noqa: F401

        navigation.register(
            navigation.NavItem(_("Saved filters"), "lists:saved", order=910, group=_("My work"), icon="filter")
        )
