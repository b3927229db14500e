"""Running a job in a worker: claim it, do the work, say how it ended."""

from __future__ import annotations

import logging
import os
import socket
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from .messages import Sentence, sentences_of
from .models import Job
from .progress import Heartbeat, Progress
from .registry import work_of
from .transitions import State

logger = logging.getLogger(__name__)


@task()
def run_job(job_id: int, attempt: int) -> None:
    """Do the work of a job. Nothing happens when another worker has it, or when it was started again since."""
    if not _claim(job_id, attempt):
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    progress = Progress(job)
    try:
        with Heartbeat(job):
            address = work_of(job.kind)(progress, **job.payload)
    except ValidationError as error:
        _end(job, State.FAILED, error=sentences_of(error))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        message = _(
            "The software made an error and the job stopped. The administrator finds it in the log as job %(number)s."
        )
        _end(job, State.FAILED, error=[Sentence(message, {"number": job.pk}).stored()])
    else:
        _end(job, State.DONE, step=[], fraction=1.0, result_url=address or "")


def this_worker() -> str:
    """The machine and process that run this."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _claim(job_id: int, attempt: int) -> bool:
    now = timezone.now()
    # One statement: of two workers only one finds the job still waiting.
    waiting = Job.objects.filter(pk=job_id, attempt=attempt, state=State.WAITING)
    return bool(waiting.update(state=State.RUNNING, started_at=now, heartbeat=now, worker=this_worker()))


def _end(job: Job, state: State, **values: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state__in=[State.RUNNING, State.INTERRUPTED])
    mine.update(state=state, finished_at=timezone.now(), **values)
