from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "zichtlijn.supervision.programme"
    label = "programme"
    verbose_name = _("Work programme")

    def ready(self) -> None:
        """Say who may do what, and what the programme adds to line of sight, search, navigation and other pages."""
        from . import (  # noqa: F401 - each registers something
            acceptance,
            access,
            calendar_days,
            checks,
            incident_panels,
            incidents,
            navigation,
            panels,
            search,
            trace,
            wording,
        )
