"""Names of the actions of weighings and incident files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_codes, name_values

from ..norms import INCIDENT_CRITERIA

name_values({"criterion": _("criterion")})
name_codes("criterion", INCIDENT_CRITERIA.items())
name_actions(
    {
        "signals.start_weighing": _("weighing begun"),
        "signals.score": _("scored"),
        "signals.add_evidence": _("evidence linked"),
        "signals.remove_evidence": _("evidence unlinked"),
        "signals.submit_weighing": _("laid before who decides"),
        "signals.stop_weighing": _("weighing stopped"),
        "signals.send_back": _("sent back to who made it"),
        "signals.investigate": _("decided: investigation"),
        "signals.decline": _("decided: no investigation"),
        "signals.propose_investigation": _("closed: incident investigation proposed"),
        "signals.open_incident": _("incident file opened"),
        "signals.edit_incident": _("changed"),
        "signals.put_in_incident": _("put in the incident file"),
        "signals.take_out_of_incident": _("taken out of the incident file"),
        "signals.scale_up": _("scaled up"),
        "signals.scale_down": _("scaled down"),
        "signals.set_role": _("role given"),
        "signals.end_role": _("role ended"),
        "signals.log": _("line written in the log"),
        "signals.report_situation": _("situation report made"),
        "signals.close_incident": _("closed"),
        "signals.reopen_incident": _("reopened"),
    }
)
