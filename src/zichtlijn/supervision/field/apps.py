from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldConfig(AppConfig):
    name = "zichtlijn.supervision.field"
    label = "field"
    verbose_name = _("Field")

    def ready(self) -> None:
        from . import access  # noqa: F401 - registers
