from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "zichtlijn.platform.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from zichtlijn.platform.design.navigation import NavItem, register

        from . import access  # noqa: F401 - enters the permissions

        register(
            NavItem(
                name=_("Users"),
                url_name="accounts:user-list",
                order=900,
                group=_("Administration"),
                icon="user",
                permission="accounts.manage_users",
            ),
            NavItem(
                name=_("Teams"),
                url_name="accounts:team-list",
                order=901,
                group=_("Administration"),
                icon="group",
                permission="accounts.manage_users",
            ),
        )
