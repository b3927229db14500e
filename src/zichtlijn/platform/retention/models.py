"""How long things are kept, what stops destruction, and the proof that something was destroyed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import ScopedQuerySet, StaffOnly
from zichtlijn.platform.certainty import UNCERTAIN, Certainty

from .terms import Unit, after, in_words


class ForWhoDestroysQuerySet(ScopedQuerySet[Any]):
    """Lists, their lines and what was counted: for whoever has a part in destroying."""

    def visible_to(self, user: Any) -> ForWhoDestroysQuerySet:
        """All of them, or nothing."""
        return self.all() if user.is_authenticated and user.has_perm("retention.see") else self.none()


class Appraisal(models.TextChoices):
    """What the selection list says (Archiefwet 1995, article 5)."""

    KEEP = "B", _("keep for good")
    DESTROY = "V", _("destroy after the term")


class RuleQuerySet(ForWhoDestroysQuerySet):
    """Rules; a corrected one stays, because decisions were based on it."""

    def standing(self) -> RuleQuerySet:
        """Those that were not corrected since."""
        return self.filter(superseded_at__isnull=True)


class RetentionRule(models.Model):
    """How long a kind of record with an outcome is kept; ``outcome`` empty: whatever the outcome.

    It holds for what ended on ``valid_from`` or later (empty: since always), until a later rule begins. A row is
    never changed: a correction is a new row with the same first day, and the old one is superseded.
    """

    kind = models.CharField(_("kind"), max_length=60)  # "signals.signal", registered in retention/registry.py
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    appraisal = models.CharField(_("appraisal"), max_length=1, choices=Appraisal.choices, default=Appraisal.DESTROY)
    amount = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    unit = models.CharField(_("unit of the term"), max_length=6, choices=Unit.choices, blank=True)
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices)
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["kind", "outcome", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "outcome", "valid_from"],
                condition=Q(superseded_at__isnull=True),
                name="one_rule_per_day",
            ),
            models.UniqueConstraint(
                fields=["kind", "outcome"],
                condition=Q(superseded_at__isnull=True, valid_from__isnull=True),
                name="one_first_rule",
            ),
            models.CheckConstraint(condition=Q(appraisal="B") | Q(amount__gte=1) & ~Q(unit=""), name="term_is_given"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}".strip()

    @property
    def must_be_checked(self) -> bool:
        """True when nobody has read the source itself."""
        return self.certainty in UNCERTAIN

    @property
    def term(self) -> str:
        """The term in words; "" for what is kept for good."""
        return in_words(self.amount, self.unit)

    def due_on(self, since: date) -> date | None:
        """The first day on which what ended on ``since`` may go; None when it is kept for good."""
        if self.appraisal == Appraisal.KEEP or self.amount is None:
            return None
        return after(since, self.amount, Unit(self.unit))


class HoldQuerySet(StaffOnly[Any]):
    """Read on the page of the record, by who sees the record."""

    def running(self) -> HoldQuerySet:
        """Those that were not lifted."""
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """Why a record may not be destroyed for now (objection, court case, parliament, inquiry)."""

    model_label = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(_("placed at"), default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_reason = models.CharField(_("why it is lifted"), max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on destruction")
        verbose_name_plural = _("holds on destruction")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["model_label", "object_id"],
                condition=Q(lifted_at__isnull=True),
                name="one_running_hold",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"  # events keep this label for good


class ListState(models.TextChoices):
    """Where a destruction list stands."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("being reviewed")
    APPROVED = "approved", _("approved")
    DESTROYING = "destroying", _("being destroyed")
    DESTROYED = "destroyed", _("destroyed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DestructionList(models.Model):
    """Records whose term has passed, reviewed line by line before anything goes."""

    state = models.CharField(_("stage"), max_length=12, choices=ListState.choices, default=ListState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True)
    proof = models.TextField(blank=True)  # canonical JSON, see proof.py
    proof_digest = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = ForWhoDestroysQuerySet.as_manager()

    class Meta:
        verbose_name = _("destruction list")
        verbose_name_plural = _("destruction lists")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="destroyed") | ~Q(proof="") & ~Q(proof_digest=""), name="destroyed_with_a_proof"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "destroying", "destroyed"]) | Q(approved_by__isnull=False),
                name="approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"V-{timezone.localtime(self.made_at):%Y}-{self.pk or 0:05d}"

    def get_absolute_url(self) -> str:
        return reverse("retention:list", args=[self.pk])


class Decision(models.TextChoices):
    """What the reviewer says of one line."""

    OPEN = "open", _("not reviewed")
    DESTROY = "destroy", _("destroy")
    KEEP = "keep", _("keep for now")


class DestructionLine(models.Model):
    """One record on a list, with the rule that puts it there and the reviewer of this line."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=80)
    reference = models.CharField(_("reference"), max_length=120)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    since = models.DateField(_("counted from"))
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("term passed on"))
    is_running = models.BooleanField(default=True, editable=False)  # its list may still come to destruction
    decision = models.CharField(_("review"), max_length=8, choices=Decision.choices, default=Decision.OPEN)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    stopped_by = models.CharField(max_length=20, blank=True)  # code of registry.STOPS: it did not go after all
    destroyed_at = models.DateTimeField(null=True)
    content_digest = models.CharField(max_length=64, blank=True)
    parts = models.TextField(blank=True)  # canonical JSON: how many rows of which model went
    files = models.TextField(blank=True)  # digests of files of which the bytes are still to go; emptied at the end

    objects = ForWhoDestroysQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a destruction list")
        verbose_name_plural = _("lines of destruction lists")
        ordering = ["list", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(is_running=True), name="on_one_running_list"),
            models.CheckConstraint(
                condition=Q(decision="open") | Q(reviewer__isnull=False), name="reviewed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(decision="destroy", stopped_by=""),
                name="destroyed_after_review",
            ),
        ]
        indexes = [models.Index(fields=["list", "decision", "id"], name="line_of_list")]

    def __str__(self) -> str:
        return self.reference


class Tally(models.Model):
    """How many of a kind were destroyed, so that the figures of a year still add up."""

    kind = models.CharField(_("kind"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))  # in which they came in
    sort = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    subject_label = models.CharField(max_length=100, blank=True)  # "field.organisation"
    subject_id = models.PositiveBigIntegerField(default=0)  # 0: none
    number = models.PositiveIntegerField(default=0)

    objects = ForWhoDestroysQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of what was destroyed")
        verbose_name_plural = _("counts of what was destroyed")
        ordering = ["kind", "-year", "sort", "outcome", "subject_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "sort", "outcome", "subject_label", "subject_id"], name="one_count_of_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.number}"
