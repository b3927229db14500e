"""States of a job and the steps between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.transitions import Transitions


class State(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    INTERRUPTED = "interrupted", _("interrupted")


UNFINISHED = (State.WAITING, State.RUNNING)

JOB = Transitions(
    {
        # A job that waits may be handed to a worker again: its queue entry can be lost between two commits.
        State.WAITING: {"start": State.RUNNING, "restart": State.WAITING},
        State.RUNNING: {"finish": State.DONE, "fail": State.FAILED, "lose": State.INTERRUPTED},
        # A worker that was thought dead may still come back with its answer.
        State.INTERRUPTED: {"restart": State.WAITING, "finish": State.DONE, "fail": State.FAILED},
        State.FAILED: {"restart": State.WAITING},
        State.DONE: {},
    }
)
