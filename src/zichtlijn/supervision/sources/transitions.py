"""The allowed steps of a proposal and of a dataset."""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

from .models.datasets import DatasetState as State

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

# A dataset comes back from the withdrawn ones as far as it had come: unread, read or prepared.
DATASET = Transitions(
    {
        State.UPLOADED: {"read": State.READING, "withdraw": State.WITHDRAWN},
        State.READING: {
            "finish_reading": State.READ,
            "fail": State.FAILED,
            "restart": State.READING,
            "withdraw": State.WITHDRAWN,
        },
        State.READ: {"map": State.MAPPED, "withdraw": State.WITHDRAWN},
        State.MAPPED: {"map": State.MAPPED, "prepare": State.PREPARING, "withdraw": State.WITHDRAWN},
        State.PREPARING: {
            "finish_preparing": State.PREPARED,
            "finish_adding": State.PREPARED,
            "keep": State.PREPARED,
            "fail": State.FAILED,
            "restart": State.PREPARING,
            "withdraw": State.WITHDRAWN,
        },
        State.PREPARED: {"map": State.MAPPED, "add": State.PREPARING, "withdraw": State.WITHDRAWN},
        State.FAILED: {
            "read": State.READING,
            "map": State.MAPPED,
            "prepare": State.PREPARING,
            "withdraw": State.WITHDRAWN,
        },
        State.WITHDRAWN: {
            "restore_unread": State.UPLOADED,
            "restore_read": State.READ,
            "restore_prepared": State.PREPARED,
        },
    }
)
