"""What somebody is told: in the product at once, by e-mail through an outbox, terms in a calendar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_administrator
from zichtlijn.platform.accounts.scope import ScopedQuerySet


class OwnQuerySet(ScopedQuerySet[Any]):
    """Notices, settings and calendars belong to one person."""

    def visible_to(self, user: Any) -> OwnQuerySet:
        return self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()


class Notice(models.Model):
    """One thing one person is told. ``key`` makes the same notice come once. The text names no content of a file."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)  # "signals.assigned", registered in notices/registry.py
    sentence = models.JSONField(default=dict)  # tasks.messages.Sentence.stored(): message id and parameters
    url = models.CharField(max_length=300, blank=True)
    model_label = models.CharField(max_length=100, blank=True)
    object_id = models.PositiveBigIntegerField(null=True)
    key = models.CharField(max_length=120)
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notice_per_key")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["at"], condition=Q(mailed_at__isnull=True), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Rhythm(models.TextChoices):
    """When notices are mailed."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("not by e-mail")


class NoticeSetting(models.Model):
    """How one person wants to be told; ``calendar_token`` (SHA-256) opens the calendar without a session."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_setting")
    rhythm = models.CharField(_("e-mail"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    calendar_token = models.CharField(max_length=64, blank=True)
    last_digest_on = models.DateField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("how somebody is told")
        verbose_name_plural = _("how people are told")
        ordering = ["user"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_token"], condition=~Q(calendar_token=""), name="one_person_per_calendar"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class MailState(models.TextChoices):
    """Where a message in the outbox stands."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")


class OutboxQuerySet(ScopedQuerySet[Any]):
    """The outbox is for who looks after the installation."""

    def visible_to(self, user: Any) -> OutboxQuerySet:
        return self.all() if is_administrator(user) else self.none()


class OutgoingMail(models.Model):
    """The outbox: written in the transaction of its cause, sent afterwards, tried again with growing pauses.

    ``message_id`` is made once: a second delivery after a crash is recognised by the receiving side.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail message")
        verbose_name_plural = _("e-mail messages")
        ordering = ["id"]
        indexes = [models.Index(fields=["next_at"], condition=Q(state__in=["waiting", "sending"]), name="mail_to_send")]

    def __str__(self) -> str:
        return self.message_id
