"""The append-only record of what happened, and the seals over it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    """Events are written once; changing or deleting them is refused here and by a database trigger."""

    def about(self, record: models.Model) -> EventQuerySet:
        """The events of one object, newest first."""
        return self.filter(object_type=record._meta.label_lower, object_id=str(record.pk)).order_by("-id")

    def update(self, **_values: Any) -> int:
        raise TypeError("events are append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("events are append-only")


class Event(models.Model):
    """Who did what to which object, when and why; ``before`` and ``after`` are canonical JSON text.

    The JSON is kept as text, not as a database type, so that the digest covers exactly the bytes that are stored.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    action = models.CharField(_("what"), max_length=100, db_index=True)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(max_length=300)
    before = models.TextField(default="{}")
    after = models.TextField(default="{}")
    reason = models.TextField(_("reason"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"

    @property
    def before_values(self) -> dict[str, Any]:
        """The fields that changed, as they were."""
        values: dict[str, Any] = json.loads(self.before)
        return values

    @property
    def after_values(self) -> dict[str, Any]:
        """The fields that changed, as they became."""
        values: dict[str, Any] = json.loads(self.after)
        return values


class Seal(models.Model):
    """A batch of events closed by the root of a Merkle tree; each seal holds the root of the one before it."""

    at = models.DateTimeField()
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.root[:12]


class SealedEvent(models.Model):
    """Which event stands at which place in a seal, with the digest it had when it was sealed."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seal_id", "position"]
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="one_event_per_place")]
