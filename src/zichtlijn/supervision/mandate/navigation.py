"""Acts in the main navigation."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, register

register(NavItem(name=_("Acts"), url_name="mandate:act-list", order=41, group=_("Registers"), icon="act"))
