"""What happens with tokens, in words."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions

name_actions({"api.make_token": _("token made"), "api.revoke_token": _("token revoked")})
