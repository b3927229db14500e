from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "zichtlijn.platform.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from . import jobs, troubles  # noqa: F401 - register the job that looks for viruses, and what can be wrong with it
