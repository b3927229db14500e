"""What happens with a signal: messages, attachments, steps of the triage, links, own evaluations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import has_role, is_staff_member
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.accounts.scope import ScopedQuerySet
from zichtlijn.platform.files.attachments import Attachment
from zichtlijn.supervision.field.queries import organisations_of

from .signal import Channel, PartOfSignalQuerySet, Signal, SignalKind, StaffPartQuerySet

is_organisation = has_role(Role.ORGANISATION)


class Direction(models.TextChoices):
    """Who speaks to whom."""

    FROM_SENDER = "from_sender", _("from the sender")
    TO_SENDER = "to_sender", _("to the sender")
    FROM_ORGANISATION = "from_organisation", _("from the organisation")
    TO_ORGANISATION = "to_organisation", _("to the organisation")


class PartOfHandlingQuerySet(PartOfSignalQuerySet):
    """Seen with its signal, or with the own evaluation that it belongs to."""

    def visible_to(self, user: Any) -> Any:
        if not is_organisation(user):
            return super().visible_to(user)
        signals, evaluations = Signal.objects.visible_to(user), OwnEvaluation.objects.visible_to(user)
        return self.filter(Q(signal__in=signals) | Q(evaluation__in=evaluations))


class MessageQuerySet(PartOfHandlingQuerySet):
    """Staff all; an organisation only what passed between it and the inspectorate, never what a sender said."""

    def visible_to(self, user: Any) -> Any:
        seen = super().visible_to(user)
        mine = (Direction.FROM_ORGANISATION, Direction.TO_ORGANISATION)
        return seen if is_staff_member(user) else seen.filter(direction__in=mine)


class Message(models.Model):
    """A question, an answer or an addition. ``asks`` opens an answer field for the other side."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="messages")
    evaluation = models.ForeignKey(
        "signals.OwnEvaluation", null=True, on_delete=models.CASCADE, related_name="messages"
    )  # a question about an own evaluation, or a supplement to it
    direction = models.CharField(max_length=20, choices=Direction.choices)
    text = models.TextField(_("message"), max_length=10_000)
    asks = models.BooleanField(_("asks for an answer"), default=False)
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="answered_by")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["signal", "at"], name="message_of_signal")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class AttachmentQuerySet(PartOfHandlingQuerySet):
    """Staff all of a signal they see; an organisation what it sent itself or what was shared with it."""

    def visible_to(self, user: Any) -> Any:
        seen = super().visible_to(user)
        return seen if is_staff_member(user) else seen.filter(is_shared=True)


class SignalAttachment(Attachment):
    """A file with a signal, message or own evaluation."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="attachments")
    evaluation = models.ForeignKey(
        "signals.OwnEvaluation", null=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    is_shared = models.BooleanField(_("the other side sees it"), default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["scan_state", "id"], condition=Q(scan_state="waiting"), name="attachment_to_scan")
        ]


class TriageStep(models.Model):
    """A step with its reason, in the words of whoever took it. The event has the step; the words stay here."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=30)
    state = models.CharField(_("stage after it"), max_length=20)
    ground = models.CharField(_("ground"), max_length=40, blank=True)  # code: transitions.GROUNDS
    reason = models.TextField(_("reason"), blank=True, max_length=4_000)
    recipient = models.CharField(_("passed on to"), max_length=200, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = StaffPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["signal", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.signal_id}"


class BundleQuerySet(ScopedQuerySet["Bundle"]):
    """Staff who see one of the signals in it."""

    def visible_to(self, user: Any) -> BundleQuerySet:
        """Nothing of a bundle of which every signal is hidden."""
        if not is_staff_member(user):
            return self.none()
        return self.filter(pk__in=Signal.objects.visible_to(user).filter(bundle__isnull=False).values("bundle"))


class Bundle(models.Model):
    """Signals that are handled together; each keeps its own sender, terms and history."""

    title = models.CharField(_("title"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"bundle {self.pk}"


class LinkKind(models.TextChoices):
    """Why two signals are tied."""

    DUPLICATE = "duplicate", _("the same matter")
    RELATED = "related", _("related")
    NOT_RELATED = "not_related", _("looked at: not related")


class SignalLink(models.Model):
    """A tie between two signals (``low`` has the lower key), or the judgement that there is none."""

    low = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="links_up")
    high = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="links_down")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    likeness = models.PositiveSmallIntegerField(null=True)  # 0–100, rapidfuzz, when it was suggested
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="one_link_per_pair"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="link_low_before_high"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id}–{self.high_id}"


class EvaluationState(models.TextChoices):
    """Where an own evaluation stands."""

    ASKED = "asked", _("asked for")
    HANDED_IN = "handed_in", _("handed in")
    SUPPLEMENT_ASKED = "supplement_asked", _("supplement asked for")
    JUDGED = "judged", _("judged")
    WITHDRAWN = "withdrawn", _("request withdrawn")


class EvaluationQuerySet(PartOfSignalQuerySet):
    """Staff with the signal; an organisation what was asked of it, also where it does not see the signal itself."""

    def visible_to(self, user: Any) -> Any:
        if not is_organisation(user):
            return super().visible_to(user)
        return self.filter(organisation__in=organisations_of(user))


class OwnEvaluation(models.Model):
    """The organisation's own investigation of what happened: asked with a term, handed in, judged by norms.

    ``organisation`` is of whom it was asked: it stays when the signal turns out to be about another one.
    """

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="evaluations")
    organisation = models.ForeignKey(
        "field.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="evaluations"
    )
    state = models.CharField(max_length=20, choices=EvaluationState.choices, default=EvaluationState.ASKED)
    question = models.TextField(_("what we ask"), max_length=4_000)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("to be handed in by"))
    text = models.TextField(_("own evaluation"), blank=True, max_length=50_000)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    conclusion = models.TextField(_("our judgement"), blank=True, max_length=4_000)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("own evaluation")
        verbose_name_plural = _("own evaluations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state__in=["asked", "supplement_asked"]),
                                name="evaluation_due")]  # fmt: skip

    def __str__(self) -> str:
        return f"E-{timezone.localtime(self.asked_at):%Y}-{self.pk or 0:05d}"

    @property
    def is_about_own_notification(self) -> bool:
        """True when the organisation notified it itself, and so sees the signal."""
        signal = self.signal
        sent_itself = signal.kind == SignalKind.NOTIFICATION and signal.channel in (Channel.ACCOUNT, Channel.API)
        return sent_itself and signal.organisation_id == self.organisation_id

    @property
    def reference_outside(self) -> str:
        """What the organisation calls it. The reference of a signal that it does not see would say how it came in."""
        if self.is_about_own_notification:
            return self.signal.reference
        return str(self)

    def get_absolute_url(self) -> str:
        return reverse("signals:evaluation", args=[self.pk])


class PartOfEvaluationQuerySet(StaffPartQuerySet):
    """What the inspectorate itself finds of an own evaluation."""

    path = "evaluation__signal"


class NormFinding(models.Model):
    """The judgement of one norm (facts, causes, people heard, measures, learning): 0 absent – 3 convincing."""

    evaluation = models.ForeignKey(OwnEvaluation, on_delete=models.CASCADE, related_name="norms")
    norm = models.CharField(max_length=20)  # norms.EVALUATION_NORMS
    score = models.PositiveSmallIntegerField()
    evidence = models.TextField(_("evidence"), max_length=4_000)

    objects = PartOfEvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "norm"], name="one_finding_per_norm"),
            models.CheckConstraint(condition=Q(score__lte=3), name="norm_score_to_three"),
            models.CheckConstraint(condition=~Q(evidence=""), name="norm_has_evidence"),
        ]
