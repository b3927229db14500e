"""What the actions of the programme are called in a history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_values

name_actions(
    {
        "programme.create_perspective": _("added"),
        "programme.edit_perspective": _("changed"),
        "programme.create_goal": _("added"),
        "programme.edit_goal": _("changed"),
        "programme.remove_goal": _("taken away"),
        "programme.create_spearhead": _("added"),
        "programme.edit_spearhead": _("changed"),
        "programme.create_programme": _("draft made"),
        "programme.edit_programme": _("changed"),
        "programme.consult_programme": _("consulted"),
        "programme.reopen_programme": _("taken back to draft"),
        "programme.decide_programme": _("decided"),
        "programme.send_to_minister": _("sent to the minister"),
        "programme.send_to_parliament": _("sent to parliament"),
        "programme.freeze_version": _("frozen as a version"),
        "programme.add_figure": _("added"),
        "programme.edit_figure": _("changed"),
        "programme.remove_figure": _("taken out"),
        "programme.create_activity": _("added"),
        "programme.edit_activity": _("changed"),
        "programme.set_capacity": _("capacity set"),
        "programme.take_incident": _("made a candidate, after the weighing of an incident"),
        "programme.choose_activity": _("chosen"),
        "programme.unchoose_activity": _("made a candidate again"),
        "programme.drop_activity": _("dropped"),
        "programme.restore_activity": _("made a candidate again"),
        "programme.choose_candidates": _("chosen"),
        "programme.drop_candidates": _("dropped"),
        "programme.start_activity": _("started"),
        "programme.pause_activity": _("laid down for now"),
        "programme.finish_activity": _("finished"),
        "programme.reopen_activity": _("reopened"),
        "programme.prepare_amendment": _("amendment begun"),
        "programme.change_amendment": _("change put in"),
        "programme.remove_amendment_change": _("change taken out"),
        "programme.propose_amendment": _("amendment proposed"),
        "programme.withdraw_amendment": _("amendment withdrawn"),
        "programme.reject_amendment": _("amendment rejected"),
        "programme.decide_amendment": _("amendment decided"),
    }
)
name_values(
    {
        "capacity": _("hours per expertise"),
        "on": _("date"),
        "based_on": _("version that changes"),
        "change": _("change"),
        "fields": _("fields that change"),
    }
)
