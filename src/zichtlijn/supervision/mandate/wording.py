"""What a history calls the actions on acts."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions

name_actions({"mandate.register_act": _("act registered"), "mandate.edit_act": _("act edited")})
