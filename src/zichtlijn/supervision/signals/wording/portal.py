"""Names of what organisations do, and of what is done with own evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions

from ..steps_of_pages import name_steps

name_actions(
    {
        "signals.start_notification": _("draft begun"),
        "signals.edit_notification": _("draft changed"),
        "signals.remove_file": _("file taken out of the draft"),
        "signals.discard": _("draft thrown away"),
        "signals.submit": _("sent in by the organisation"),
        "signals.take_batch": _("sent in by the organisation"),
        "signals.add_to_notification": _("added to by the organisation"),
        "signals.report_closing": _("closing report sent in"),
        "signals.ask_evaluation": _("own evaluation asked for"),
        "signals.extend": _("given more time"),
        "signals.hand_in": _("own evaluation handed in"),
        "signals.ask_supplement": _("supplement asked for"),
        "signals.judge_evaluation": _("own evaluation judged"),
        "signals.withdraw_evaluation": _("request for an own evaluation withdrawn"),
        "signals.reopen_evaluation": _("own evaluation to be judged anew"),
        "signals.add_category": _("added"),
        "signals.change_category": _("changed"),
        "signals.add_text": _("added"),
        "signals.change_text": _("changed"),
        "signals.add_equal_day": _("added"),
        "signals.remove_equal_day": _("taken out"),
    }
)
name_steps(
    {
        "submit": _("Sent in by the organisation"),
        "discard": _("Draft thrown away"),
        "hand_in": _("Own evaluation handed in"),
        "ask_evaluation": _("Own evaluation asked for"),
        "extend_evaluation": _("More time for the own evaluation"),
        "withdraw_evaluation": _("Request for an own evaluation withdrawn"),
        "reopen_evaluation": _("Own evaluation to be judged anew"),
    }
)
