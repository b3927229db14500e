from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldConfig(AppConfig):
    name = "zichtlijn.supervision.field"
    label = "field"
    verbose_name = _("Field")

    def ready(self) -> None:
        from . import access, navigation, search, trace, wording  # noqa: F401 - each registers something
