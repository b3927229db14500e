"""Every stage of a destruction list, and every step out of it. What is not here is forbidden."""

from __future__ import annotations

from zichtlijn.platform.events.transitions import Transitions

from .models import ListState as L

LIST = Transitions(
    {
        L.DRAFT: {"propose": L.REVIEW, "withdraw": L.WITHDRAWN},
        L.REVIEW: {"approve": L.APPROVED, "send_back": L.DRAFT, "withdraw": L.WITHDRAWN},
        L.APPROVED: {"destroy": L.DESTROYING, "withdraw": L.WITHDRAWN},
        # Only the machine takes this step, when the last line is done; there is no way back once it began.
        L.DESTROYING: {"finish": L.DESTROYED},
        L.DESTROYED: {},
        L.WITHDRAWN: {},
    }
)

STEP_PERMISSIONS: dict[str, str] = {
    "propose": "retention.make_list",
    "send_back": "retention.review_lines",
    "approve": "retention.approve_list",
    "destroy": "retention.destroy",
    "withdraw": "retention.make_list",
    "finish": "retention.destroy",
}
RUNNING = (L.DRAFT, L.REVIEW, L.APPROVED, L.DESTROYING)
