"""Attachments: a stored file that came from outside, under its own name and with what the scanner found."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import StoredFile


class ScanState(models.TextChoices):
    """What is known of a file from outside."""

    WAITING = "waiting", _("waiting for the virus scanner")
    CLEAN = "clean", _("no virus found")
    INFECTED = "infected", _("infected")
    UNSCANNED = "unscanned", _("not scanned")


class Attachment(models.Model):
    """Base of attachments; the app's own model says to what it belongs and who may see it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("kind of file"), max_length=100)  # as sniffed for this upload
    size = models.PositiveBigIntegerField(_("size"))
    stripped = models.BooleanField(_("image metadata removed"), default=False)
    scan_state = models.CharField(_("virus scan"), max_length=10, choices=ScanState.choices, default=ScanState.WAITING)
    scan_finding = models.CharField(max_length=200, blank=True)
    scan_attempts = models.PositiveSmallIntegerField(default=0)
    scanned_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"attachment {self.pk}"  # a file name can name a person; events keep this label for good

    @property
    def can_be_opened(self) -> bool:
        """Clean at once; unscanned only after a warning; waiting and infected never."""
        return self.scan_state in (ScanState.CLEAN, ScanState.UNSCANNED)
