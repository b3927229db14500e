"""How actions and values of signals are said, a module for each part."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_values

from . import incidents, portal, report, work  # noqa: F401 - each registers names

# Fields that no form shows, and that have no name of their own.
name_values(
    {
        "state": _("stage"),
        "signal": _("signal"),
        "incident": _("incident file"),
        "bundle": _("bundle"),
        "merged_into": _("merged into"),
        "submitted_at": _("laid before who decides"),
        "decided_at": _("decided at"),
        "handed_in_at": _("handed in at"),
        "judged_at": _("judged at"),
        "closed_at": _("closed at"),
    }
)
