from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraceConfig(AppConfig):
    name = "zichtlijn.platform.trace"
    label = "trace"
    verbose_name = _("Line of sight")

    def ready(self) -> None:
        from . import object_panel  # noqa: F401 - enters the panel
