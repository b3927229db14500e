"""The allowed steps of a proposal."""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

PROPOSAL = Transitions(
    {
        "open": {
            "accept": "accepted",
            "edit": "open",
            "reject": "rejected",
            "merge": "merged",
            "split": "split",
        },
        "accepted": {"reopen": "open"},
        "rejected": {"reopen": "open"},
        "merged": {"reopen": "open"},
        "split": {"reopen": "open"},
    }
)
