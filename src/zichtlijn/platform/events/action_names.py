"""What the platform's own actions are called in a history."""

from django.utils.translation import gettext_lazy as _

from .wording import name_actions, name_values

name_actions(
    {
        "accounts.add": _("account made"),
        "accounts.add_from_provider": _("account made at first sign-in"),
        "accounts.change_role": _("role changed"),
        "accounts.switch_off": _("account switched off"),
        "accounts.switch_on": _("account switched on"),
        "accounts.reset_second_factor": _("second factor reset"),
        "accounts.set_second_factor": _("second factor set up"),
        "accounts.remove_second_factor": _("second factor removed"),
        "accounts.add_team": _("team made"),
        "accounts.edit_team": _("team changed"),
        "accounts.join_team": _("put in the team"),
        "accounts.leave_team": _("taken out of the team"),
        "comments.add": _("comment added"),
        "comments.edit": _("comment changed"),
        "comments.restore": _("comment put back"),
        "comments.withdraw": _("comment withdrawn"),
        "demo.load": _("demo loaded"),
        "lists.delete_filter": _("filter deleted"),
        "lists.rename_filter": _("filter renamed"),
        "lists.save_filter": _("filter saved"),
        "tasks.restart": _("job started again"),
    }
)
name_values({"folder": _("folder"), "person": _("who"), "is_lead": _("leads the team")})
