"""What a history calls the actions of the field and what they change."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_values

name_actions(
    {
        "field.register_organisation": _("organisation registered"),
        "field.edit_organisation": _("organisation edited"),
        "field.rename_organisation": _("organisation renamed"),
        "field.correct_name": _("name corrected"),
        "field.remove_name": _("name removed"),
        "field.merge_organisation": _("records merged"),
        "field.set_steering_role": _("steering role added"),
        "field.edit_steering_role": _("steering role corrected"),
        "field.end_steering_role": _("end of steering role changed"),
        "field.remove_steering_role": _("steering role removed"),
        "field.register_chain": _("chain registered"),
        "field.edit_chain": _("chain edited"),
        "field.add_member": _("member added"),
        "field.edit_member": _("part of member changed"),
        "field.move_member": _("member moved"),
        "field.remove_member": _("member removed"),
        "field.add_hand_over": _("hand-over added"),
        "field.edit_hand_over": _("hand-over changed"),
        "field.move_hand_over": _("hand-over moved"),
        "field.remove_hand_over": _("hand-over removed"),
        "field.register_domain": _("domain registered"),
        "field.edit_domain": _("domain edited"),
        "field.register_region": _("region registered"),
        "field.edit_region": _("region edited"),
        "field.register_group": _("citizen group registered"),
        "field.edit_group": _("citizen group edited"),
        "field.tie_account": _("account tied"),
        "field.end_account": _("account ended"),
    }
)
name_values(
    {
        "names_over_time": _("names over time"),
        "owners_over_time": _("owners over time"),
        "commissioners_over_time": _("commissioners over time"),
        "members_in_order": _("members in order"),
        "hand_overs_in_order": _("hand-overs in order"),
        "organisations": _("organisations"),
        "merged_record": _("merged record"),
        "taken_over": _("taken over"),
    }
)
