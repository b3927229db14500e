"""A change of the programme during the year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_signed_in, is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .activity import Activity
from .programme import Programme
from .revised import Revised
from .version import ProgrammeVersion


class AmendmentState(models.TextChoices):
    """Where an amendment stands."""

    PREPARED = "prepared", _("being prepared")
    PROPOSED = "proposed", _("proposed")
    DECIDED = "decided", _("decided")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ChangeKind(models.TextChoices):
    """What an amendment does to one activity."""

    ADD = "add", _("add")
    CHANGE = "change", _("amend")
    DROP = "drop", _("drop")
    REINSTATE = "reinstate", _("reinstate")
    ADMIT = "admit", _("take in")


class AmendmentQuerySet(ScopedQuerySet["Amendment"]):
    """Staff see every amendment, readers the decided ones."""

    def visible_to(self, user: Any) -> AmendmentQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(state=AmendmentState.DECIDED) if is_signed_in(user) else self.none()


class Amendment(Revised):
    """A reasoned set of changes to a decided programme; decided by the inspector-general it makes a new version."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("work programme"), on_delete=models.PROTECT, related_name="amendments"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("stage"), max_length=20, choices=AmendmentState.choices, default=AmendmentState.PREPARED, editable=False
    )
    based_on = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.OneToOneField(
        ProgrammeVersion, null=True, editable=False, on_delete=models.PROTECT, related_name="amendment"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_name = models.CharField(_("proposed by"), max_length=150, blank=True, editable=False)
    proposed_on = models.DateField(_("proposed on"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    closed_by_name = models.CharField(_("closed by"), max_length=150, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    closing_reason = models.TextField(_("reason for the decision"), blank=True, editable=False)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["programme", "-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="one_amendment_per_number")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:amendment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True while nobody has decided, rejected or withdrawn it."""
        return self.state in (AmendmentState.PREPARED, AmendmentState.PROPOSED)


class AmendmentChangeQuerySet(ScopedQuerySet["AmendmentChange"]):
    """Seen by whoever sees the amendment."""

    def visible_to(self, user: Any) -> AmendmentChangeQuerySet:
        return self.filter(amendment__in=Amendment.objects.visible_to(user))


class AmendmentChange(models.Model):
    """What the amendment does to one activity; ``before`` and ``after`` in the shape of ``freezing.freeze_activity``.

    ``before`` is empty for an activity that is added, ``after`` for one that is dropped. Names of related objects are
    kept beside their numbers, so that the change can be shown as it was.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("change"), max_length=20, choices=ChangeKind.choices)
    activity = models.ForeignKey(Activity, null=True, on_delete=models.PROTECT, related_name="amendment_changes")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = AmendmentChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change in an amendment")
        verbose_name_plural = _("changes in an amendment")
        ordering = ["amendment", "id"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "activity"], name="one_change_per_activity_and_amendment")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def title(self) -> str:
        """The title of the activity that changes."""
        return str((self.after or self.before).get("title", ""))
