"""Figures that were kept: citable, with all that is needed to make them again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .agreements import Agreement
from .datasets import Dataset
from .documents import SHA256_LENGTH


class RemadeOutcome(models.TextChoices):
    """What came of making a figure again."""

    SAME = "same", _("the same")
    DIFFERS = "differs", _("different from before")
    DATASET_CHANGED = "dataset_changed", _("the dataset has changed since")


class SavedFigureQuerySet(ScopedQuerySet["SavedFigure"]):
    """Whoever sees the dataset sees its figures."""

    def visible_to(self, user: Any) -> SavedFigureQuerySet:
        return self.filter(dataset__in=Dataset.objects.visible_to(user))

    def standing(self) -> SavedFigureQuerySet:
        """Figures that nobody took back."""
        return self.filter(is_withdrawn=False)


class SavedFigure(models.Model):
    """One metric of one dataset, as it was computed, with the query that gives it.

    ``metric`` is the name of its definition; ``selection`` pairs of a filter and its value in words, as in an address,
    because the codes of a log may change when it is prepared again. ``digest`` and ``cut_off`` are those of the
    prepared log, ``result`` is plain JSON; ``agreement`` is what the log was held against, in ``selection`` by its
    digest. ``remade_result`` is what came out the last time, where that differs.
    """

    dataset = models.ForeignKey(Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="figures")
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    metric = models.CharField(_("figure"), max_length=60, editable=False)
    selection = models.JSONField(_("selection"), default=list, editable=False)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="figures",
    )
    digest = models.CharField(max_length=SHA256_LENGTH, editable=False)
    cut_off = models.DateTimeField(_("complete until"), editable=False)
    result = models.JSONField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("saved on"), default=timezone.now, editable=False)
    remade_at = models.DateTimeField(_("last made again on"), null=True, editable=False)
    remade_outcome = models.CharField(
        _("outcome"), max_length=20, choices=RemadeOutcome.choices, blank=True, editable=False
    )
    remade_digest = models.CharField(max_length=SHA256_LENGTH, blank=True, editable=False)
    remade_result = models.JSONField(null=True, editable=False)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = SavedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved figure")
        verbose_name_plural = _("saved figures")
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sources:figure", args=[self.pk])

    @property
    def query(self) -> str:
        """The selection as the part of an address after the question mark."""
        return urlencode([(name, value) for name, value in self.selection])
