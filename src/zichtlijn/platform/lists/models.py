"""Filters that a user keeps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet


class SavedFilterQuerySet(ScopedQuerySet["SavedFilter"]):
    """A saved filter belongs to one person."""

    def visible_to(self, user: Any) -> SavedFilterQuerySet:
        """The user's own filters."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()


class SavedFilter(models.Model):
    """A named selection of a list: ``query`` is the address part after ``?``, ``path`` where the list stands."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="saved_filters"
    )
    list_name = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=100)
    path = models.CharField(max_length=300)
    query = models.TextField(blank=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["list_name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"],
                name="one_saved_filter_per_name",
                violation_error_message=_("You already have a saved filter with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list with this filter applied."""
        return f"{self.path}?{self.query}" if self.query else self.path
