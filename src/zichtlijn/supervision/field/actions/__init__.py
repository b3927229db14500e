"""What a user can do in the field; each is described with its own function."""

from .accounts import end_account, tie_account
from .chains import edit_chain, register_chain
from .hand_overs import add_hand_over, edit_hand_over, move_hand_over, remove_hand_over
from .members import add_member, edit_member, move_member, remove_member
from .merging import merge_organisation
from .organisations import correct_name, edit_organisation, register_organisation, remove_name, rename_organisation
from .places import edit_domain, edit_group, edit_region, register_domain, register_group, register_region
from .steering import edit_steering_role, end_steering_role, remove_steering_role, set_steering_role

__all__ = [
    "add_hand_over",
    "add_member",
    "correct_name",
    "edit_chain",
    "edit_domain",
    "edit_group",
    "edit_hand_over",
    "edit_member",
    "edit_organisation",
    "edit_region",
    "edit_steering_role",
    "end_account",
    "end_steering_role",
    "merge_organisation",
    "move_hand_over",
    "move_member",
    "register_chain",
    "register_domain",
    "register_group",
    "register_organisation",
    "register_region",
    "remove_hand_over",
    "remove_member",
    "remove_name",
    "remove_steering_role",
    "rename_organisation",
    "set_steering_role",
    "tie_account",
]
