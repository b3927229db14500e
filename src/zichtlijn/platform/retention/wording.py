"""What is done about retention, in words."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_codes, name_values

from .models import Decision, ListState

name_actions(
    {
        "retention.add_rule": _("rule added"),
        "retention.change_rule": _("rule changed"),
        "retention.place_hold": _("hold placed"),
        "retention.lift_hold": _("hold lifted"),
        "retention.make_list": _("destruction list made"),
        "retention.propose": _("offered for review"),
        "retention.review_lines": _("lines reviewed"),
        "retention.send_back": _("sent back"),
        "retention.approve": _("destruction approved"),
        "retention.destroy": _("destruction begun"),
        "retention.withdraw": _("list withdrawn"),
        "retention.finish": _("destruction completed"),
        "retention.destroyed": _("destroyed after its retention term"),
        "retention.sweep": _("passing copies destroyed after their term"),
    }
)
name_values(
    {
        "hold": _("hold"),
        "list": _("destruction list"),
        "decision": _("review"),
        "proof_digest": _("SHA-256 of the proof"),
        "not_destroyed": _("not destroyed"),
        "destroyed": _("destroyed"),
        "kept": _("kept for now"),
        "number": _("number"),
        "before": _("before"),
    }
)
name_codes("decision", Decision.choices)
name_codes("state", ListState.choices)
