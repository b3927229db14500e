"""An activity of the programme, and what it asks of people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_signed_in, is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .programme import NOT_NEGATIVE, Programme
from .revised import Revised


class ActivityKind(models.TextChoices):
    """What sort of work the activity is."""

    INVESTIGATION = "investigation", _("investigation")
    MONITORING = "monitoring", _("monitoring")
    ENFORCEMENT = "enforcement", _("enforcement")
    PUBLICATION = "publication", _("publication")
    DIALOGUE = "dialogue", _("dialogue")
    DEVELOPMENT = "development", _("development")
    CO_OPERATION = "co-operation", _("co-operation")


class ActivityStatus(models.TextChoices):
    """What the programme says of the work: is it new this year, does it go on, does it end."""

    NEW = "new", _("new")
    CONTINUING = "continuing", _("continuing")
    FINISHING = "finishing", _("finishing")
    PUBLISHING = "publishing", _("publishing")
    STARTING = "starting", _("starting")
    STOPPED = "stopped", _("stopped")


class ActivityState(models.TextChoices):
    """Where the activity stands in its own life."""

    CANDIDATE = "candidate", _("candidate")
    CHOSEN = "chosen", _("chosen")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("finished")
    DROPPED = "dropped", _("dropped")


IN_PROGRAMME = (ActivityState.CHOSEN, ActivityState.UNDER_WAY, ActivityState.DONE)


class ActivityQuerySet(ScopedQuerySet["Activity"]):
    """Staff see every activity; readers see what stands, or has stood, in a decided programme."""

    def visible_to(self, user: Any) -> ActivityQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(decided_in__isnull=False) if is_signed_in(user) else self.none()

    def in_programme(self) -> ActivityQuerySet:
        """Chosen, under way or done: what the programme consists of."""
        return self.filter(state__in=IN_PROGRAMME)

    def with_relations(self) -> ActivityQuerySet:
        """With all that a freeze or a page needs, in a fixed number of queries."""
        return self.select_related("programme", "domain").prefetch_related(
            "goals", "organisations", "chains", "acts", "groups", "capacity_needs"
        )


class Activity(Revised):
    """A line of the programme. ``fte`` in full-time equivalents over the year, ``budget`` in euro.

    ``status`` is what the programme says of the work, ``state`` where the work stands. ``decided_in`` is the first
    decided version that holds the activity. ``submission`` ties it to one sending of a form: sent twice, made once.
    ``weighing`` is that of the incident which it investigates; who may see it is decided there.
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("work programme"), on_delete=models.PROTECT, related_name="activities"
    )
    code = models.CharField(_("code"), max_length=20, editable=False)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind.choices)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus.choices, default=ActivityStatus.NEW)
    state = models.CharField(
        _("stage"), max_length=20, choices=ActivityState.choices, default=ActivityState.CANDIDATE, editable=False
    )
    state_reason = models.TextField(_("reason"), blank=True, editable=False)
    domain = models.ForeignKey(
        "field.Domain",
        verbose_name=_("domain"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    goals = models.ManyToManyField("programme.Goal", verbose_name=_("goals"), blank=True, related_name="activities")
    organisations = models.ManyToManyField(
        "field.Organisation", verbose_name=_("organisations"), blank=True, related_name="activities"
    )
    chains = models.ManyToManyField(
        "field.Chain", verbose_name=_("chains and networks"), blank=True, related_name="activities"
    )
    acts = models.ManyToManyField("mandate.Act", verbose_name=_("acts"), blank=True, related_name="activities")
    groups = models.ManyToManyField(
        "field.CitizenGroup", verbose_name=_("citizen groups"), blank=True, related_name="activities"
    )
    fte = models.DecimalField(
        _("staff (fte)"), max_digits=7, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    budget = models.DecimalField(
        _("budget (euro)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    decided_in = models.ForeignKey(
        "programme.ProgrammeVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    weighing = models.OneToOneField(
        "signals.IncidentWeighing", null=True, editable=False, on_delete=models.SET_NULL, related_name="activity"
    )
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["programme", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_activity_per_code")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:activity", args=[self.pk])

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The activity ends before it starts.")}, code="dates")

    @property
    def is_in_programme(self) -> bool:
        """True when the programme holds it: chosen, under way or done."""
        return self.state in IN_PROGRAMME


class CapacityNeedQuerySet(ScopedQuerySet["CapacityNeed"]):
    """Seen by whoever sees the activity."""

    def visible_to(self, user: Any) -> CapacityNeedQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(activity__in=Activity.objects.visible_to(user))


class CapacityNeed(models.Model):
    """How many hours of one expertise an activity asks in the year."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="capacity_needs")
    expertise = models.CharField(_("expertise"), max_length=60)
    hours = models.DecimalField(_("hours"), max_digits=9, decimal_places=2, validators=NOT_NEGATIVE)

    objects = CapacityNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need for capacity")
        verbose_name_plural = _("needs for capacity")
        ordering = ["activity", "expertise"]
        constraints = [models.UniqueConstraint(fields=["activity", "expertise"], name="one_need_per_expertise")]

    def __str__(self) -> str:
        return f"{self.expertise}: {self.hours}"
