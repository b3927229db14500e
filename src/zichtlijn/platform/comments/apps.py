from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "zichtlijn.platform.comments"
    label = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        """Make the permissions known and put the comments on the pages."""
        from . import access, panels  # noqa: F401
