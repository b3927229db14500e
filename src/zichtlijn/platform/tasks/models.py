"""Long work that runs beside the pages: what it is, how far it is, how it ended."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .messages import Sentence, read_sentences
from .transitions import UNFINISHED, State


class JobQuerySet(ScopedQuerySet["Job"]):
    """Jobs belong to the person who started them; an administrator sees all."""

    def visible_to(self, user: Any) -> JobQuerySet:
        """The user's own jobs, or all for an administrator."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.filter(owner=user)

    def unfinished(self) -> JobQuerySet:
        """Jobs that wait or run."""
        return self.filter(state__in=UNFINISHED)


class Job(models.Model):
    """One piece of long work.

    ``key`` is the same for the same work of the same person: while one is unfinished there is no second. ``step`` and
    ``error`` hold untranslated messages with their parameters, so that everybody reads them in their own language.
    ``fraction`` runs from 0 to 1. ``attempt`` counts how often the job was started.
    """

    State = State

    kind = models.CharField(_("kind"), max_length=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=1)
    step = models.JSONField(default=list, blank=True)
    fraction = models.FloatField(_("progress"), default=0.0)
    result_url = models.CharField(max_length=500, blank=True)
    error = models.JSONField(default=list, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=UNFINISHED), name="one_unfinished_job_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that shows how far the job is."""
        return reverse("tasks:job", args=[self.pk])

    @property
    def title(self) -> str:
        """What the job does, as registered."""
        from .registry import title_of

        return title_of(self.kind)

    @property
    def step_text(self) -> str:
        """What the job is doing, in the language of the reader."""
        return " ".join(read_sentences(self.step))

    @property
    def error_texts(self) -> list[str]:
        """Why the job did not finish, sentence by sentence, in the language of the reader."""
        return read_sentences(self.error)

    @property
    def percentage(self) -> int:
        """How far the job is, 0 to 100."""
        return round(self.fraction * 100)

    @property
    def is_unfinished(self) -> bool:
        """True while the job waits or runs."""
        return self.state in UNFINISHED

    def tell_step(self, message: Any, **params: Any) -> None:
        """Say what the job is doing; does not save."""
        self.step = [Sentence(message, params).stored()]


class RecurringRun(models.Model):
    """When something that runs every so often ran last, and how that ended. One row per name in ``recurring.py``."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    last_started = models.DateTimeField(_("last started"), null=True)
    last_ended = models.DateTimeField(_("last ended"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    worker = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("recurring work")
        verbose_name_plural = _("recurring work")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """True while it runs."""
        return self.last_started is not None and self.last_ended is None
