"""Every state of programme, activity and amendment, and every step out of it. What is not here is forbidden.

Programme: decided by the inspector-general, then sent to the minister and by the minister's office to parliament
(Aanwijzingen inzake de rijksinspecties, aanwijzing 10).
"""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

from .models import ActivityState, AmendmentState, ProgrammeState

PROGRAMME = Transitions(
    {
        ProgrammeState.DRAFT: {"consult": ProgrammeState.CONSULTED},
        ProgrammeState.CONSULTED: {"decide": ProgrammeState.DECIDED, "reopen": ProgrammeState.DRAFT},
        ProgrammeState.DECIDED: {"send_to_minister": ProgrammeState.SENT_TO_MINISTER},
        ProgrammeState.SENT_TO_MINISTER: {"send_to_parliament": ProgrammeState.SENT_TO_PARLIAMENT},
        ProgrammeState.SENT_TO_PARLIAMENT: {},
    }
)

ACTIVITY = Transitions(
    {
        ActivityState.CANDIDATE: {
            "choose": ActivityState.CHOSEN,
            "admit": ActivityState.CHOSEN,
            "drop": ActivityState.DROPPED,
        },
        ActivityState.CHOSEN: {
            "start": ActivityState.UNDER_WAY,
            "unchoose": ActivityState.CANDIDATE,
            "drop": ActivityState.DROPPED,
        },
        ActivityState.UNDER_WAY: {
            "finish": ActivityState.DONE,
            "pause": ActivityState.CHOSEN,
            "drop": ActivityState.DROPPED,
        },
        ActivityState.DONE: {"reopen": ActivityState.UNDER_WAY},
        ActivityState.DROPPED: {"restore": ActivityState.CANDIDATE, "reinstate": ActivityState.CHOSEN},
    }
)

AMENDMENT = Transitions(
    {
        AmendmentState.PREPARED: {"propose": AmendmentState.PROPOSED, "withdraw": AmendmentState.WITHDRAWN},
        AmendmentState.PROPOSED: {
            "decide": AmendmentState.DECIDED,
            "reject": AmendmentState.REJECTED,
            "withdraw": AmendmentState.WITHDRAWN,
        },
        AmendmentState.DECIDED: {},
        AmendmentState.REJECTED: {},
        AmendmentState.WITHDRAWN: {},
    }
)

# Choosing is done while the programme is a draft; working starts when it is decided. What a decided programme
# gains or loses goes by amendment, also a candidate that came up in its year.
CHOICE_STEPS = frozenset({"choose", "unchoose", "drop", "restore"})
WORK_STEPS = frozenset({"start", "pause", "finish", "reopen"})
AMENDMENT_STEPS = frozenset({"drop", "reinstate", "admit"})

# Steps back, and steps that take something away, say why.
STEPS_WITH_REASON = frozenset({"reopen", "drop", "restore", "reinstate", "pause", "reject", "withdraw"})
