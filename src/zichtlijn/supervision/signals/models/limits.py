"""How often something was sent in from one connection, and in all, without keeping who it was."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet


class CountedQuerySet(ScopedQuerySet[Any]):
    """For the machine only."""

    def visible_to(self, user: Any) -> CountedQuerySet:
        """Nothing: nobody looks at these."""
        return self.none()


class RateCount(models.Model):
    """How often ``scope`` was used in one hour. ``key`` is a keyed digest of an address, or empty for all together."""

    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=64, blank=True)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    objects = CountedQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of an hour")
        constraints = [models.UniqueConstraint(fields=["scope", "key", "window"], name="one_count_per_hour")]

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"


class RateSalt(models.Model):
    """The random key of one day. With it gone, no digest of that day leads back to an address."""

    day = models.DateField(unique=True)
    salt = models.BinaryField(max_length=32)

    objects = CountedQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a day")

    def __str__(self) -> str:
        return str(self.day)
