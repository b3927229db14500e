from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "zichtlijn.platform.tasks"
    label = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Make the permissions known and put the page in the navigation."""
        from zichtlijn.platform.design import navigation

        from . import access, optimising  # noqa: F401 - each registers something

        navigation.register(
            navigation.NavItem(_("My jobs"), "tasks:jobs", order=900, group=_("My work"), icon="activity")
        )
