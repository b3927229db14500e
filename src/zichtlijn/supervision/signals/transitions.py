"""Every state of what comes in, and every step out of it. What is not here is forbidden.

Who may take a step is said once, in ``STEP_PERMISSIONS``; the actions, the buttons on the page, the API and the test
of all pairs read these tables.
"""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

from .models import EvaluationState as E
from .models import IncidentState as I
from .models import SignalState as S
from .models import WeighingState as W

SIGNAL = Transitions(
    {
        S.DRAFT: {"submit": S.RECEIVED, "discard": S.DISCARDED},
        S.DISCARDED: {},
        S.RECEIVED: {"take_up": S.IN_TRIAGE, "finish_in_incident": S.CLOSED, "merge": S.MERGED},
        S.IN_TRIAGE: {
            "put_back": S.RECEIVED,
            "ask_sender": S.WAITING_SENDER,
            "ask_evaluation": S.WAITING_ORGANISATION,
            "start_weighing": S.WEIGHING,
            "take_no_action": S.CLOSED,
            "add_to_activity": S.CLOSED,
            "pass_on": S.CLOSED,
            "finish_in_incident": S.CLOSED,
            "merge": S.MERGED,
        },
        S.WAITING_SENDER: {"answer": S.IN_TRIAGE, "stop_waiting": S.IN_TRIAGE, "merge": S.MERGED},
        S.WAITING_ORGANISATION: {"hand_in": S.IN_TRIAGE, "stop_waiting": S.IN_TRIAGE, "merge": S.MERGED},
        # What the weighing decides comes back here in the same transaction.
        S.WEIGHING: {"propose_investigation": S.CLOSED, "stop_weighing": S.IN_TRIAGE},
        S.CLOSED: {"reopen": S.IN_TRIAGE},
        S.MERGED: {"split_off": S.IN_TRIAGE},
    }
)

EVALUATION = Transitions(
    {
        E.ASKED: {"hand_in": E.HANDED_IN, "extend": E.ASKED, "withdraw": E.WITHDRAWN},
        E.HANDED_IN: {"judge": E.JUDGED, "ask_supplement": E.SUPPLEMENT_ASKED},
        E.SUPPLEMENT_ASKED: {"hand_in": E.HANDED_IN, "extend": E.SUPPLEMENT_ASKED, "withdraw": E.WITHDRAWN},
        E.JUDGED: {"reopen": E.HANDED_IN},
        E.WITHDRAWN: {},
    }
)

WEIGHING = Transitions(
    {
        W.OPEN: {"submit": W.SUBMITTED, "withdraw": W.WITHDRAWN},
        W.SUBMITTED: {"investigate": W.INVESTIGATE, "decline": W.NO_INVESTIGATION, "send_back": W.OPEN},
        W.INVESTIGATE: {},
        W.NO_INVESTIGATION: {},
        W.WITHDRAWN: {},
    }
)

INCIDENT = Transitions(
    {
        I.OPEN: {"scale_up": I.SURGE, "close": I.CLOSED},
        I.SURGE: {"scale_down": I.OPEN, "close": I.CLOSED},
        I.CLOSED: {"reopen": I.OPEN},
    }
)

STEPS_WITH_REASON = frozenset(
    {
        "put_back",
        "take_no_action",
        "pass_on",
        "stop_waiting",
        "stop_weighing",
        "reopen",
        "merge",
        "split_off",
        "withdraw",
        "send_back",
        "decline",
        "investigate",
        "scale_up",
    }
)
TERM_BEARING = frozenset({"ask_sender", "ask_evaluation", "extend", "ask_supplement"})

# table name -> step -> permission; "sender" is whoever holds the receipt code (platform/accounts/sender.py).
STEP_PERMISSIONS: dict[str, dict[str, str]] = {
    "signal": {
        "submit": "signals.submit_notification",
        "discard": "signals.submit_notification",
        "answer": "signals.answer_as_sender",
        "hand_in": "signals.hand_in_evaluation",
        "propose_investigation": "signals.decide_weighing",
        "stop_weighing": "signals.weigh_incident",
    }
    | dict.fromkeys(
        [
            "take_up",
            "put_back",
            "ask_sender",
            "ask_evaluation",
            "start_weighing",
            "take_no_action",
            "add_to_activity",
            "pass_on",
            "finish_in_incident",
            "merge",
            "split_off",
            "stop_waiting",
            "reopen",
        ],
        "signals.triage_signal",
    ),
    "evaluation": {"hand_in": "signals.hand_in_evaluation"}
    | dict.fromkeys(["extend", "withdraw", "judge", "ask_supplement", "reopen"], "signals.triage_signal"),
    "weighing": {"submit": "signals.weigh_incident", "withdraw": "signals.weigh_incident"}
    | dict.fromkeys(["investigate", "decline", "send_back"], "signals.decide_weighing"),
    "incident": dict.fromkeys(["scale_up", "scale_down", "close", "reopen"], "signals.lead_incident"),
}
