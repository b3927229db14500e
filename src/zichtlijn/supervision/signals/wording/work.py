"""Names of actions and values of the triage."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_reasons

from ..norms import NO_ACTION_GROUNDS
from ..steps_of_pages import name_steps

name_actions(
    {
        "signals.enter": _("entered"),
        "signals.edit": _("changed"),
        "signals.enter_answer": _("entered what the sender told"),
        "signals.take_up": _("taken up"),
        "signals.put_back": _("put back"),
        "signals.assign": _("assigned"),
        "signals.set_team": _("given to a team"),
        "signals.ask_sender": _("sender asked for information"),
        "signals.stop_waiting": _("no longer waited for"),
        "signals.take_no_action": _("closed without action"),
        "signals.add_to_activity": _("added to an activity"),
        "signals.pass_on": _("passed on to another supervisor"),
        "signals.finish_in_incident": _("finished with its incident file"),
        "signals.reply": _("sender answered"),
        "signals.reopen": _("reopened"),
        "signals.link": _("linked"),
        "signals.judge_link": _("judged: not related"),
        "signals.bundle": _("bundled"),
        "signals.unbundle": _("taken out of the bundle"),
        "signals.merge": _("merged into another one"),
        "signals.merged_in": _("another one was merged into it"),
        "signals.split_off": _("split off"),
        "signals.tell_apart": _("own reference numbered, after two organisations became one"),
    }
)
name_reasons(NO_ACTION_GROUNDS)
name_steps(
    {
        "take_up": _("Taken up"),
        "put_back": _("Put back"),
        "ask_sender": _("Sender asked for information"),
        "answer": _("Sender answered"),
        "stop_waiting": _("No longer waited for"),
        "take_no_action": _("Closed without action"),
        "add_to_activity": _("Added to an activity"),
        "pass_on": _("Passed on to another supervisor"),
        "finish_in_incident": _("Finished with its incident file"),
        "reopen": _("Reopened"),
        "merge": _("Merged into another one"),
        "split_off": _("Split off"),
    }
)
