from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "zichtlijn.supervision.programme"
    label = "programme"
    verbose_name = _("Work programme")

    def ready(self) -> None:
        from . import access  # noqa: F401 - registers who may do what
