"""The programme as it was decided: frozen, with a digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .programme import Programme


class VersionQuerySet(ScopedQuerySet["ProgrammeVersion"]):
    """A version exists from the decision on, so whoever sees the programme sees it. Versions are written once."""

    def visible_to(self, user: Any) -> VersionQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def update(self, **_values: Any) -> int:
        raise TypeError("a decided version is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a decided version is never deleted")


class ProgrammeVersion(models.Model):
    """What the inspector-general decided, as canonical JSON text (``freezing``) with its SHA-256.

    The text is kept as text, not as a database type, so that the digest covers exactly the bytes that are stored.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField(editable=False)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, editable=False)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(_("person who decided"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a work programme")
        verbose_name_plural = _("versions of work programmes")
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return _("%(programme)s, version %(number)s") % {"programme": self.programme, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("programme:version", args=[self.programme.slug, self.number])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a decided version is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a decided version is never deleted")

    @property
    def frozen(self) -> dict[str, Any]:
        """The content as values (shape: ``freezing.freeze_programme``). Raises ValueError when it is no JSON."""
        values: dict[str, Any] = json.loads(self.content)
        return values

    @property
    def is_intact(self) -> bool:
        """True when the stored text still has the digest it was decided with."""
        return hashlib.sha256(self.content.encode()).hexdigest() == self.digest
