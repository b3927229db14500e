"""Datasets: registrations of what happened in cases, stored once and prepared once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.platform.accounts.access import is_signed_in, is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet, StaffOnly
from zichtlijn.platform.tasks.messages import read_sentences

from .documents import SHA256_LENGTH

if TYPE_CHECKING:  # what reads columns takes half a second to load, and few commands need it
    from zichtlijn.analysis.eventlogs.prepared import Prepared
    from zichtlijn.analysis.eventlogs.raw import RawLog


class DatasetState(models.TextChoices):
    """Where a dataset stands; the allowed steps are in ``transitions``."""

    UPLOADED = "uploaded", _("uploaded")
    READING = "reading", _("being read")
    READ = "read", _("read")
    MAPPED = "mapped", _("columns chosen")
    PREPARING = "preparing", _("being prepared")
    PREPARED = "prepared", _("prepared")
    FAILED = "failed", _("failed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DatasetQuerySet(ScopedQuerySet["Dataset"]):
    """Staff sees every dataset; a reader those with figures; one made for somebody alone is only theirs."""

    def visible_to(self, user: Any) -> DatasetQuerySet:
        if not is_signed_in(user):
            return self.none()
        theirs = self.filter(Q(only_for=None) | Q(only_for=user))
        return theirs if is_staff_member(user) else theirs.with_figures()

    def with_figures(self) -> DatasetQuerySet:
        """Datasets of which figures can be made, also while the next file is being added."""
        return self.exclude(prepared_folder="").exclude(state=DatasetState.WITHDRAWN)


class Dataset(models.Model):
    """One event log: the file it came in, what its columns mean, and the log prepared from it.

    The folders stand under ``settings.DATA / "datasets" / <pk>``; ``raw_folder`` and ``prepared_folder`` are their
    names, empty while there is none. ``digest`` is that of the prepared log, to which figures refer. ``proposed`` is
    what the software thought the columns mean, ``mapping`` what a person chose, ``report`` what was read and dropped.
    ``only_for``: a log of our own events holds what this person may see, so nobody else sees it.
    """

    State = DatasetState

    title = models.CharField(_("title"), max_length=200)
    chain = models.ForeignKey(
        "field.Chain", verbose_name=_("chain"), null=True, blank=True, on_delete=models.PROTECT, related_name="datasets"
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    origin = models.CharField(_("origin"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=DatasetState.choices, default=DatasetState.UPLOADED)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name=_("file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH, blank=True, editable=False)
    raw_folder = models.CharField(max_length=64, blank=True, editable=False)
    prepared_folder = models.CharField(max_length=64, blank=True, editable=False)
    proposed = models.JSONField(default=dict, blank=True, editable=False)
    mapping = models.JSONField(_("meaning of the columns"), default=dict, blank=True, editable=False)
    report = models.JSONField(default=dict, blank=True, editable=False)
    digest = models.CharField(max_length=SHA256_LENGTH, blank=True, editable=False)
    events = models.PositiveBigIntegerField(_("events"), null=True, blank=True, editable=False)
    cases = models.PositiveBigIntegerField(_("cases"), null=True, blank=True, editable=False)
    first_at = models.DateTimeField(_("first event"), null=True, blank=True, editable=False)
    cut_off = models.DateTimeField(_("complete until"), null=True, blank=True, editable=False)
    error = models.JSONField(default=list, blank=True, editable=False)
    job = models.ForeignKey(
        "tasks.Job", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    is_pseudonymised = models.BooleanField(_("case numbers replaced"), default=False, editable=False)
    is_own_record = models.BooleanField(_("own record of events"), default=False, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    only_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added on"), default=timezone.now, editable=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(fields=["sha256"], name="dataset_file"),
            models.Index(fields=["state"], name="dataset_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sources:dataset", args=[self.pk])

    @property
    def folder(self) -> Path:
        """Where everything made from the file stands."""
        root: Path = settings.DATA / "datasets"
        return root / str(self.pk)

    @property
    def has_figures(self) -> bool:
        """True when a log was prepared, also while another is being made."""
        return bool(self.prepared_folder) and self.state != DatasetState.WITHDRAWN

    @property
    def error_texts(self) -> list[str]:
        """Why reading or preparing stopped, in the language of the reader."""
        return read_sentences(self.error)

    def open_raw(self) -> RawLog:
        """The raw log. Raises OSError when it is not there."""
        from zichtlijn.analysis.eventlogs.raw import RawLog

        return RawLog.open(self.folder / self.raw_folder)

    def open_prepared(self) -> Prepared:
        """The prepared log. Raises LogError when it is not there or was made by another version."""
        from zichtlijn.analysis.eventlogs.prepared import Prepared

        return Prepared(self.folder / self.prepared_folder)

    def chosen_mapping(self) -> Mapping:
        """What the columns mean. Raises LogError when nobody has chosen yet."""
        return Mapping.from_json(self.mapping)


class DatasetAddition(models.Model):
    """A later file of the same registration, prepared into the log. ``digest`` is that of the log after it.

    ``raw_folder`` stands in the folder of the dataset; empty when the raw log was not kept.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="additions")
    file = models.ForeignKey(
        "files.StoredFile", verbose_name=_("file"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    filename = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    raw_folder = models.CharField(max_length=64, blank=True)
    events = models.PositiveBigIntegerField(_("events"))
    digest = models.CharField(max_length=SHA256_LENGTH)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added on"), default=timezone.now)

    objects = StaffOnly.as_manager()

    class Meta:
        verbose_name = _("added file")
        verbose_name_plural = _("added files")
        ordering = ["dataset", "id"]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.filename}"


class SavedMapping(models.Model):
    """What the columns of a kind of file mean, kept under a name for the next file of that kind."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    mapping = models.JSONField(_("meaning of the columns"))
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("saved on"), default=timezone.now, editable=False)

    objects = StaffOnly.as_manager()

    class Meta:
        verbose_name = _("saved meaning of columns")
        verbose_name_plural = _("saved meanings of columns")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
