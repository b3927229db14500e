from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    name = "zichtlijn.supervision.signals"
    label = "signals"
    verbose_name = _("Signals")

    def ready(self) -> None:
        from . import (  # noqa: F401 - each registers something
            access,
            deadline_feed,
            evaluation_panel,
            evaluation_steps,
            evidence,
            incidents_elsewhere,
            navigation,
            own_references,
            panels,
            retention,
            search,
            trace,
            triage_steps,
            troubles,
            weighing_steps,
            wording,
        )
