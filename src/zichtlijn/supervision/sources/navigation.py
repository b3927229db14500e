"""Where the sources stand in the main navigation."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.navigation import NavItem, register

register(NavItem(_("Sources"), "sources:document-list", order=30, group=_("What we do"), icon="source"))
register(NavItem(_("Datasets"), "sources:dataset-list", order=31, group=_("What we do"), icon="chain"))
