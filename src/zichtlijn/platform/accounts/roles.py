"""The roles of an inspectorate; and of those outside it; every user has exactly one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does at the inspectorate (mission, "Who uses it")."""

    ADMINISTRATOR = "administrator", _("administrator")
    INSPECTOR = "inspector", _("inspector")
    PROGRAMME_MANAGER = "programme_manager", _("programme manager")
    ANALYST = "analyst", _("analyst")
    EDITOR = "editor", _("editor")
    INSPECTOR_GENERAL = "inspector_general", _("inspector-general")
    READER = "reader", _("reader")
    ORGANISATION = "organisation", _("organisation under supervision")
    PARTNER = "partner", _("partner inspectorate")
