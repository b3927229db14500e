"""What is stored, once per content."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet


class StoredFileQuerySet(ScopedQuerySet["StoredFile"]):
    """A file is seen through the record that refers to it, never on its own."""

    def visible_to(self, user: Any) -> StoredFileQuerySet:
        """Nothing: whoever may see the record reads the file from there."""
        return self.none()


class StoredFile(models.Model):
    """The bytes with this SHA-256, kept under ``settings.ZICHTLIJN_FILES``. ``size`` in bytes."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("media type"), max_length=150)
    created_at = models.DateTimeField(_("stored at"), auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.sha256[:12]
