"""Pages of jobs: how far one is, and starting it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zichtlijn.platform.lists.views import ListView

from . import actions
from .models import Job
from .queries import jobs_of, waits_long
from .tables import JOBS

TONES: dict[str, str] = {Job.State.DONE: "positive", Job.State.FAILED: "negative", Job.State.INTERRUPTED: "warning"}

job_list = ListView.as_view(table=JOBS, rows=jobs_of)


@never_cache
@require_GET
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is. The part that changes is fetched again by htmx; without script, by loading the page again."""
    return render(request, "tasks/job.html", _context(request, pk))


@never_cache
@require_GET
def job_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the part of the page that changes."""
    return render(request, "tasks/status.html", _context(request, pk))


@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a failed or interrupted job again."""
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    try:
        actions.restart_job(actor=request.user, job=job)
        messages.success(request, _("The job is started again."))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect(job)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    forgotten = waits_long(job)
    stopped = forgotten or job.state in (Job.State.FAILED, Job.State.INTERRUPTED)
    may_restart = stopped and request.user.has_perm("tasks.restart_job", job)
    return {"job": job, "may_restart": may_restart, "waits_long": forgotten, "tone": TONES.get(job.state, "neutral")}
