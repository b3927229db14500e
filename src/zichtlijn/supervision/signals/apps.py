from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    name = "zichtlijn.supervision.signals"
    label = "signals"
    verbose_name = _("Signals")

    def ready(self) -> None:
        from . import access, evaluation_steps, navigation, triage_steps, weighing_steps, wording  # noqa: F401 - each registers something
