from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MandateConfig(AppConfig):
    name = "zichtlijn.supervision.mandate"
    label = "mandate"
    verbose_name = _("Mandate")

    def ready(self) -> None:
        from . import access, navigation, search, trace, wording  # noqa: F401 - each registers something
