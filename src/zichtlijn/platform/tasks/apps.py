from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "zichtlijn.platform.tasks"
    label = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Make the permissions known."""
        from . import access  # noqa: F401
