from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "zichtlijn.platform.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow the changes of records."""
        from . import following  # noqa: F401
