"""Words and tones for states, steps and fields, shared by all pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Activity, ActivityState, ActivityStatus, AmendmentState, Goal, Programme, ProgrammeState

PROGRAMME_STEPS = {
    "consult": _("Record the consultation"),
    "reopen": _("Back to draft"),
    "decide": _("Decide"),
    "send_to_minister": _("Sent to the minister"),
    "send_to_parliament": _("Sent to parliament"),
}
ACTIVITY_STEPS = {
    "choose": _("Choose"),
    "unchoose": _("Back to the candidates"),
    "drop": _("Drop"),
    "restore": _("Back to the candidates"),
    "start": _("Begin the work"),
    "pause": _("Lay down for now"),
    "finish": _("Finish"),
    "reopen": _("Reopen"),
}
AMENDMENT_STEPS = {
    "propose": _("Propose"),
    "withdraw": _("Withdraw"),
    "decide": _("Decide"),
    "reject": _("Reject"),
}
UNDO = {"choose": "unchoose", "unchoose": "choose", "drop": "restore", "start": "pause", "finish": "reopen"}
"""The step that takes another one back at once; what is not here has no undo."""

TONES: dict[str, str] = {
    ProgrammeState.DRAFT: "neutral",
    ProgrammeState.CONSULTED: "info",
    ProgrammeState.DECIDED: "positive",
    ProgrammeState.SENT_TO_MINISTER: "positive",
    ProgrammeState.SENT_TO_PARLIAMENT: "positive",
    ActivityState.CANDIDATE: "neutral",
    ActivityState.CHOSEN: "info",
    ActivityState.UNDER_WAY: "info",
    ActivityState.DONE: "positive",
    ActivityState.DROPPED: "negative",
    ActivityStatus.NEW: "info",
    ActivityStatus.STARTING: "info",
    ActivityStatus.CONTINUING: "neutral",
    ActivityStatus.FINISHING: "neutral",
    ActivityStatus.PUBLISHING: "positive",
    ActivityStatus.STOPPED: "warning",
    AmendmentState.PREPARED: "neutral",
    AmendmentState.PROPOSED: "info",
    AmendmentState.REJECTED: "negative",
    AmendmentState.WITHDRAWN: "warning",
}
EXTRA_LABELS = {"capacity": _("Hours per expertise"), "activities": _("Activities"), "hours": _("hours")}


def tone(code: str) -> str:
    """The tone of the badge of a state or status."""
    return TONES.get(code, "neutral")


def field_label(name: str) -> Any:
    """The word for a field of an activity, goal, programme or figure, with a capital."""
    if name in EXTRA_LABELS:
        return EXTRA_LABELS[name]
    for model in (Activity, Programme, Goal):
        names = {field.name for field in model._meta.get_fields()}
        if name in names:
            words = str(getattr(model._meta.get_field(name), "verbose_name", name))
            return words[:1].upper() + words[1:]
    return {"subject": _("Subject"), "value": _("Value"), "unit": _("Unit"), "note": _("Note")}.get(name, name)
