"""What the inspectorate chooses: perspective, goals, the programme of a year, its activities, versions, amendments."""

from .activity import Activity, ActivityKind, ActivityState, ActivityStatus, CapacityNeed
from .amendment import Amendment, AmendmentChange, AmendmentState, ChangeKind
from .perspective import Goal, Perspective, Spearhead
from .programme import DECIDED_STATES, Figure, Programme, ProgrammeState, ProgrammeStep
from .version import ProgrammeVersion

__all__ = [
    "DECIDED_STATES",
    "Activity",
    "ActivityKind",
    "ActivityState",
    "ActivityStatus",
    "Amendment",
    "AmendmentChange",
    "AmendmentState",
    "CapacityNeed",
    "ChangeKind",
    "Figure",
    "Goal",
    "Perspective",
    "Programme",
    "ProgrammeState",
    "ProgrammeStep",
    "ProgrammeVersion",
    "Spearhead",
]
