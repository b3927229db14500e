"""What happens to the access of a file, in words."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_values

name_actions(
    {
        "casefiles.restrict": _("restricted to named people"),
        "casefiles.open_to_team": _("opened to one team"),
        "casefiles.open_to_staff": _("opened to all staff"),
        "casefiles.give_access": _("access given"),
        "casefiles.share": _("shared with a partner inspectorate"),
        "casefiles.end_access": _("access ended"),
        "casefiles.replace_owner": _("owner of the file replaced"),
    }
)
name_values({"person": _("who"), "until": _("until and including"), "is_owner": _("owner of the file")})
