from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "zichtlijn.supervision.sources"
    label = "sources"
    verbose_name = _("Sources")

    def ready(self) -> None:
        from . import (  # noqa: F401
            acceptors,
            access,
            dataset_checks,
            dataset_jobs,
            jobs,
            navigation,
            panels,
            search,
            trace,
            wording,
        )
