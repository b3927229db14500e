"""The place of acts in the line of sight."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import register_step

register_step("mandate.act", order=30, name=_("act"))
