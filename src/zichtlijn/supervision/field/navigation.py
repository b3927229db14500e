"""The field in the main navigation."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, register

register(NavItem(name=_("Field"), url_name="field:index", order=40, group=_("Registers"), icon="organisation"))
