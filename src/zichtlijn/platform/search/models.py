"""The index: one entry for every record that can be found."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .registry import searchables


class SearchEntryQuerySet(ScopedQuerySet["SearchEntry"]):
    """Entries are seen by whoever may see their record: a part of the query, so that counts and pages are right."""

    def visible_to(self, user: Any) -> SearchEntryQuerySet:
        """Entries of records that the user may see."""
        seen = Q(pk__in=[])
        for each in searchables():
            seen |= Q(model_label=each.model_label, object_id__in=each.visible_to(user).order_by().values("pk"))
        return self.filter(seen)


class SearchEntry(models.Model):
    """How one record is found.

    ``title`` and ``body`` are the text as people read it, ``is_demo`` says that the record is an example. The
    ``…_words`` are the words of the text, folded, with a space on both sides; the ``…_terms`` are what the engine
    indexes without endings. On both engines an index made in SQL hangs on this table and follows every change of it
    (see ``engines``).
    """

    model_label = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.TextField()
    is_demo = models.BooleanField(default=False)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model_label", "object_id"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.title
