"""Words and tones for the states and steps of a weighing and of an incident file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .models import IncidentState, WeighingState

STEP_LABELS = {
    "score": _("Score"),
    "submit": _("Lay before who decides"),
    "withdraw": _("Stop weighing"),
    "investigate": _("Investigate"),
    "decline": _("Do not investigate"),
    "send_back": _("Send back"),
}
STEP_NAMES = {
    "start": _("Weighing begun"),
    "submit": _("Laid before who decides"),
    "withdraw": _("Weighing stopped"),
    "investigate": _("Decided: investigation"),
    "decline": _("Decided: no investigation"),
    "send_back": _("Sent back"),
}
INCIDENT_LABELS = {
    "edit": _("Change"),
    "put_in": _("Put something in"),
    "take_out": _("Take out"),
    "role": _("Give a role"),
    "end_role": _("End the role"),
    "report": _("Situation report"),
    "scale_up": _("Scale up"),
    "scale_down": _("Scale down"),
    "start_weighing": _("Weigh an incident investigation"),
    "close": _("Close"),
    "reopen": _("Reopen"),
}
TONES: dict[str, str] = {
    WeighingState.SUBMITTED: "info",
    WeighingState.INVESTIGATE: "positive",
    WeighingState.WITHDRAWN: "warning",
    IncidentState.SURGE: "warning",
    IncidentState.OPEN: "info",
}


def tone(code: str) -> str:
    """The tone of the badge of a state."""
    return TONES.get(code, "neutral")
