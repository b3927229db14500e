"""The field in the main navigation."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, register

register(NavItem(name=_("Field"), url_name="field:index", order=40, group=_("Registers"), icon="organisation"))
register(
    NavItem(
        name=_("Accounts of organisations"),
        url_name="field:account-list",
        order=902,
        group=_("Administration"),
        icon="organisation",
        permission="accounts.manage_users",
    )
)
