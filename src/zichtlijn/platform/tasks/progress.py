"""Progress of a running job: what it tells, and the heartbeat that shows that it lives."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from .models import Job

BETWEEN_REPORTS = 0.5  # seconds
BETWEEN_BEATS = 10.0  # seconds


class Progress:
    """What the work gets as its first argument: ``progress(_("Reading page %(page)s"), 0.4, page=12)``.

    ``progress.job`` is the job, ``progress.actor`` the person who asked for it.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.actor: Any = job.owner
        self._reported_at = 0.0

    def __call__(self, message: Any, fraction: float, **params: Any) -> None:
        """Report a step and how far the work is (0 to 1, never back); written at most twice a second."""
        self.job.tell_step(message, **params)
        self.job.fraction = max(self.job.fraction, min(1.0, fraction))
        now = time.monotonic()
        if now - self._reported_at < BETWEEN_REPORTS:
            return
        self._reported_at = now
        self.job.heartbeat = timezone.now()
        attempt = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt)
        attempt.update(step=self.job.step, fraction=self.job.fraction, heartbeat=self.job.heartbeat)


class Heartbeat:
    """While open, notes every few seconds that the worker lives, also when the work itself reports nothing."""

    def __init__(self, job: Job, seconds: float = BETWEEN_BEATS) -> None:
        self._attempt = Job.objects.filter(pk=job.pk, attempt=job.attempt)
        self._seconds = seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of job {job.pk}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=1)

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._seconds):
                try:
                    self._attempt.update(heartbeat=timezone.now())
                except DatabaseError:
                    continue  # the job holds the write lock: it lives, the next beat will do
        finally:
            connection.close()
