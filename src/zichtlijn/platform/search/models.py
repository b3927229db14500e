"""The index: one entry for every record that can be found."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet
from zichtlijn.platform.casefiles.models import audiences_of

from .registry import searchables


def parts_visible_to(user: Any) -> list[tuple[tuple[str, ...], Q]]:
    """What the user may see, in parts that are searched apart: each model with an audience, and all others together.

    With the labels of each part, so that a word that occurs in a million signals hides nothing else.
    """
    with_audience = [each.model_label for each in searchables() if each.audience is not None]
    others = [each for each in searchables() if each.audience is None]
    parts: list[tuple[tuple[str, ...], Q]] = []
    if with_audience and is_staff_member(user):
        audiences = audiences_of(user)
        # Not the bare column: an index of audiences, which most entries are in, would be read whole for every word.
        audience = In(Concat(F("audience"), Value("")), audiences)
        parts += [((label,), Q(audience, model_label=label)) for label in with_audience]
    seen = Q(pk__in=[])
    for each in others:
        seen |= Q(model_label=each.model_label, object_id__in=each.visible_to(user).order_by().values("pk"))
    return [*parts, (tuple(each.model_label for each in others), seen)]


class SearchEntryQuerySet(ScopedQuerySet["SearchEntry"]):
    """Entries are seen by whoever may see their record: a part of the query, so that counts and pages are right."""

    def visible_to(self, user: Any) -> SearchEntryQuerySet:
        """Entries of records that the user may see.

        Those with an audience are found by that one column, and by staff only: nobody from outside searches. The
        others ask their model; one of which the user sees nothing at all is left out of the query.
        """
        seen = Q(pk__in=[])
        for _labels, part in parts_visible_to(user):
            seen |= part
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
    audience = models.CharField(max_length=48, blank=True)  # see NeedToKnow.audience; blank: asks its model
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model_label", "object_id"], name="one_entry_per_record")]
        indexes = [models.Index(fields=["model_label", "audience"], name="search_audience")]

    def __str__(self) -> str:
        return self.title
