from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "zichtlijn.platform.lists"
    label = "lists"
    verbose_name = _("Lists")

    def ready(self) -> None:
        """Make the permissions of saved filters known."""
        from . import access  # noqa: F401
