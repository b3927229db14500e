"""What a dataset is held against: the agreed chain, and figures that organisations state about themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .datasets import Dataset
from .documents import SHA256_LENGTH


class AgreementKind(models.TextChoices):
    """What a file says."""

    CHAIN_MODEL = "chain_model", _("agreed chain")
    STATED_FIGURES = "stated_figures", _("stated figures")


METRICS = {AgreementKind.CHAIN_MODEL: "conformance", AgreementKind.STATED_FIGURES: "self-monitoring"}
"""The figure that is made with each kind."""


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    """Whoever sees the dataset sees what it is held against."""

    def visible_to(self, user: Any) -> AgreementQuerySet:
        return self.filter(dataset__in=Dataset.objects.visible_to(user))

    def standing(self) -> AgreementQuerySet:
        """Those that nobody took away."""
        return self.filter(is_withdrawn=False)


class Agreement(models.Model):
    """A file beside a dataset, with what it says as plain JSON.

    ``digest`` is the SHA-256 of the file: by it a kept figure names what it was made with. ``source`` is where this
    was agreed or stated. What was taken away stays, so that such a figure can be made again.
    """

    Kind = AgreementKind

    dataset = models.ForeignKey(Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind.choices, editable=False)
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=500)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name=_("file"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    filename = models.CharField(_("file name"), max_length=255, editable=False)
    digest = models.CharField("SHA-256", max_length=SHA256_LENGTH, editable=False)
    contents = models.JSONField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added on"), default=timezone.now, editable=False)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["kind", "added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["dataset", "digest"], name="agreement_once_per_dataset")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sources:agreement", args=[self.pk])

    @property
    def metric(self) -> str:
        """The figure that is made with it."""
        return METRICS[AgreementKind(self.kind)]

    @property
    def is_chain_model(self) -> bool:
        """Whether it is an agreed chain."""
        return self.kind == AgreementKind.CHAIN_MODEL
