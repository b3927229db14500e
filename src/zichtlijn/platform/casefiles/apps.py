from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasefilesConfig(AppConfig):
    name = "zichtlijn.platform.casefiles"
    label = "casefiles"
    verbose_name = _("Case files")

    def ready(self) -> None:
        from zichtlijn.platform.design.navigation import NavItem, register
        from zichtlijn.platform.events.checks import register_check

        from . import access, panels, telling, wording  # noqa: F401 - enter themselves in their registries
        from .checking import wrong_audiences

        register_check("casefiles.audience", wrong_audiences)
        register(
            NavItem(
                name=_("Restricted files"),
                url_name="casefiles:file-list",
                order=905,
                group=_("Administration"),
                icon="lock",
                permission="casefiles.see_files",
            )
        )
