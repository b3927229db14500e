"""Access to the API, and answers that can be asked for again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_administrator
from zichtlijn.platform.accounts.scope import ScopedQuerySet


class TokenQuerySet(ScopedQuerySet["ApiToken"]):
    """One's own tokens; the administrator sees that they exist."""

    def visible_to(self, user: Any) -> TokenQuerySet:
        if is_administrator(user):
            return self.all()
        return self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()


class ApiToken(models.Model):
    """A bearer token of a user. Only the SHA-256 of its 256 random bits is kept; shown once when made.

    It holds for the role that the user had: who becomes something else does not take old tokens along.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    role = models.CharField(_("role"), max_length=30, editable=False)
    name = models.CharField(_("name"), max_length=100)
    beginning = models.CharField(_("begins with"), max_length=8)
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_on = models.DateField(_("expires on"))
    last_used_on = models.DateField(_("last used on"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the role that the user has when the token is made."""
        self.role = self.role or self.user.role
        super().save(*args, **kwargs)

    @property
    def holds(self) -> bool:
        """True when it opens something today."""
        is_running = self.revoked_at is None and self.expires_on >= localdate()
        return is_running and self.user.is_active and self.user.role == self.role


class IdempotentAnswer(models.Model):
    """What a request with an Idempotency-Key was answered; written in the transaction of its work."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    operation = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, path and canonical body
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
