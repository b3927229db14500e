"""Incident files that grow out of several signals, and the weighing of an incident investigation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.casefiles.models import NeedToKnow, NeedToKnowQuerySet

from .signal import Signal


class IncidentState(models.TextChoices):
    """Where an incident file stands."""

    OPEN = "open", _("open")
    SURGE = "surge", _("scaled up")
    CLOSED = "closed", _("closed")


class IncidentFile(NeedToKnow):
    """One incident with all that came in about it. Its signals take over its access."""

    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=10, choices=IncidentState.choices, default=IncidentState.OPEN, editable=False)
    organisations = models.ManyToManyField("field.Organisation", blank=True, related_name="incident_files")
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, editable=False)
    taken_fte = models.DecimalField(
        _("staff taken from the programme (fte)"), max_digits=6, decimal_places=2, default=0
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = NeedToKnowQuerySet.as_manager()

    class Meta(NeedToKnow.Meta):
        verbose_name = _("incident file")
        verbose_name_plural = _("incident files")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["audience", "-opened_at"], name="incident_audience"),
            models.Index(fields=["file_key"], name="incident_file_key"),
        ]

    def __str__(self) -> str:
        return f"I-{timezone.localtime(self.opened_at):%Y}-{self.pk or 0:05d}"

    def get_absolute_url(self) -> str:
        return reverse("signals:incident", args=[self.pk])


class PartOfIncidentQuerySet(NeedToKnowQuerySet):
    """Seen by whoever sees the incident file, a partner it is shared with included."""

    def visible_to(self, user: Any) -> Any:
        return self.filter(incident__in=IncidentFile.objects.visible_to(user))


class IncidentRole(models.Model):
    """Who does what in an incident, and which activity misses those hours. Ended, never deleted."""

    incident = models.ForeignKey(IncidentFile, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=30)  # norms.INCIDENT_ROLES
    hours = models.DecimalField(_("hours a week"), max_digits=5, decimal_places=1, default=0)
    activity_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    activity_id = models.PositiveBigIntegerField(null=True)
    activity = GenericForeignKey("activity_type", "activity_id")  # from which activity the hours come
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = PartOfIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in an incident")
        verbose_name_plural = _("roles in an incident")
        ordering = ["incident", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "user", "role"], condition=Q(ended_at__isnull=True), name="one_running_role"
            )
        ]
        indexes = [models.Index(fields=["activity_type", "activity_id"], name="role_takes_from")]

    def __str__(self) -> str:
        return f"role {self.pk}"


class LogKind(models.TextChoices):
    """What a line of the log is about."""

    FACT = "fact", _("fact")
    DECISION = "decision", _("decision")
    CONTACT = "contact", _("contact")
    ACTION = "action", _("what was done")


class LogEntry(models.Model):
    """A line of the log: what happened, what was decided. Corrected by a new line, never changed."""

    incident = models.ForeignKey(IncidentFile, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("when"), default=timezone.now)  # when it happened, as the author says
    written_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(_("kind"), max_length=12, choices=LogKind.choices, default=LogKind.FACT)
    text = models.TextField(_("text"), max_length=4_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")

    objects = PartOfIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("lines of the log")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"line {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the line once. Raises TypeError for a line that was written before."""
        if self.pk is not None:
            raise TypeError("a line of the log is corrected by a new line")
        super().save(*args, **kwargs)


class SituationReport(models.Model):
    """The picture at one moment: what is known, not known, done, next. Numbered; a new one replaces it."""

    incident = models.ForeignKey(IncidentFile, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    known = models.TextField(_("what we know"), max_length=8_000)
    unknown = models.TextField(_("what we do not know yet"), blank=True, max_length=8_000)
    done = models.TextField(_("what has been done"), blank=True, max_length=8_000)
    next_steps = models.TextField(_("what comes next"), blank=True, max_length=8_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150, blank=True)

    objects = PartOfIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation report")
        verbose_name_plural = _("situation reports")
        ordering = ["incident", "-number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="one_report_per_number")]

    def __str__(self) -> str:
        return f"report {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the report once. Raises TypeError for a report that was written before."""
        if self.pk is not None:
            raise TypeError("a situation report is followed by the next one")
        super().save(*args, **kwargs)


class WeighingState(models.TextChoices):
    """Where a weighing stands."""

    OPEN = "open", _("being scored")
    SUBMITTED = "submitted", _("laid before who decides")
    INVESTIGATE = "investigate", _("investigation")
    NO_INVESTIGATION = "no_investigation", _("no investigation")
    WITHDRAWN = "withdrawn", _("withdrawn")


class WeighingQuerySet(NeedToKnowQuerySet):
    """Staff who see the signal or the incident file."""

    def visible_to(self, user: Any) -> Any:
        if not is_staff_member(user):
            return self.none()
        signals = Signal.objects.visible_to(user).filter(pk=OuterRef("signal"))
        incidents = IncidentFile.objects.visible_to(user).filter(pk=OuterRef("incident"))
        return self.filter(Exists(signals) | Exists(incidents))


class IncidentWeighing(models.Model):
    """Should the inspectorate investigate this incident itself (work programme 2024, page 12)."""

    signal = models.ForeignKey(Signal, null=True, on_delete=models.PROTECT, related_name="weighings")
    incident = models.ForeignKey(IncidentFile, null=True, on_delete=models.PROTECT, related_name="weighings")
    state = models.CharField(max_length=18, choices=WeighingState.choices, default=WeighingState.OPEN, editable=False)
    added_value = models.TextField(_("the added value, in words"), blank=True, max_length=4_000)
    proposed_title = models.CharField(_("title for the programme"), max_length=300, blank=True)
    without_evaluation = models.TextField(_("why the own evaluation is not awaited"), blank=True, max_length=2_000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    makers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # whoever scored or submitted it
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(_("reason for the decision"), blank=True, max_length=4_000)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = WeighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("weighing of an incident")
        verbose_name_plural = _("weighings of incidents")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signal__isnull=False) ^ Q(incident__isnull=False), name="weighs_one_thing"
            ),
            models.UniqueConstraint(
                fields=["signal"], condition=Q(state__in=["open", "submitted"]), name="one_open_weighing_per_signal"
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(state__in=["open", "submitted"]), name="one_open_weighing_per_incident"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["investigate", "no_investigation"]) | ~Q(decision_reason=""),
                name="decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"W-{self.pk or 0:05d}"

    @property
    def about(self) -> Any:
        """The signal or the incident file that is weighed."""
        return self.signal or self.incident

    def get_absolute_url(self) -> str:
        return reverse("signals:weighing", args=[self.pk])


class PartOfWeighingQuerySet(NeedToKnowQuerySet):
    """Seen by whoever sees the weighing."""

    def visible_to(self, user: Any) -> Any:
        return self.filter(weighing__in=IncidentWeighing.objects.visible_to(user))


class CriterionScore(models.Model):
    """One of the three criteria: 0 does not hold – 3 holds strongly, with evidence."""

    weighing = models.ForeignKey(IncidentWeighing, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=20)  # norms.INCIDENT_CRITERIA: impact, reflection, system
    score = models.PositiveSmallIntegerField()
    evidence = models.TextField(_("evidence"), max_length=4_000)

    objects = PartOfWeighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a criterion")
        verbose_name_plural = _("scores of criteria")
        ordering = ["weighing", "id"]
        constraints = [
            models.UniqueConstraint(fields=["weighing", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(condition=Q(score__lte=3), name="criterion_score_to_three"),
            models.CheckConstraint(condition=~Q(evidence=""), name="criterion_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.weighing_id}"


class CriterionEvidence(models.Model):
    """A record that one criterion rests on, beside its evidence in words. Of which kinds: ``evidence_kinds``.

    Whoever sees the weighing sees that there is one; what it is, only who may see the record itself
    (``queries.evidence``).
    """

    NOTE_LENGTH = 300

    weighing = models.ForeignKey(IncidentWeighing, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.CharField(_("criterion"), max_length=20)  # norms.INCIDENT_CRITERIA
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=150, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = PartOfWeighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("linked evidence")
        verbose_name_plural = _("linked evidence")
        ordering = ["weighing", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["weighing", "criterion", "content_type", "object_id"], name="one_evidence_per_record"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="evidence_record")]

    def __str__(self) -> str:
        return f"evidence {self.pk}"


class WeighingStep(models.Model):
    """A step of a weighing with its reason in words, also of a decision that was followed by another."""

    weighing = models.ForeignKey(IncidentWeighing, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=30)
    state = models.CharField(_("stage after it"), max_length=18, choices=WeighingState.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=4_000)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = PartOfWeighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a weighing")
        verbose_name_plural = _("steps of a weighing")
        ordering = ["weighing", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.weighing_id}"
