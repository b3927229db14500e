from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "zichtlijn.platform.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from zichtlijn.platform.design.navigation import NavItem, register

        from . import access, wording  # noqa: F401 - enter themselves in their registries

        register(
            NavItem(
                name=_("API tokens"),
                url_name="api:token-list",
                order=910,
                group=_("Administration"),
                icon="lock",
                permission="accounts.manage_users",
            )
        )
