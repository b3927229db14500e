"""What can become of a file from outside, as far as viruses go. What is not here is forbidden."""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

from .attachments import ScanState

SCAN = Transitions(
    {
        # A scanner that does not answer is no step: the file waits on. It never becomes unscanned by that.
        ScanState.WAITING: {
            "find_clean": ScanState.CLEAN,
            "find_infected": ScanState.INFECTED,
            "give_up": ScanState.UNSCANNED,  # the scanner itself says that it cannot look at this file
        },
        ScanState.CLEAN: {"rescan": ScanState.WAITING},
        ScanState.UNSCANNED: {"rescan": ScanState.WAITING},
        ScanState.INFECTED: {"remove": ScanState.INFECTED},  # the bytes go, what it was stays to be read
    }
)
