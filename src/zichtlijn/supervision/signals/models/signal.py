"""Everything that comes in: signals, incident notifications and complaints, in one table and one work list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.models import NeedToKnow, NeedToKnowQuerySet


class SignalKind(models.TextChoices):
    """What sort of thing came in."""

    SIGNAL = "signal", _("signal")
    NOTIFICATION = "notification", _("incident notification")
    COMPLAINT = "complaint", _("complaint")


class Channel(models.TextChoices):
    """How it came in."""

    FORM = "form", _("citizen form")
    ACCOUNT = "account", _("organisation account")
    API = "api", _("API")
    TELEPHONE = "telephone", _("telephone")
    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    MEDIA = "media", _("media")
    STATE_OF_EXECUTION = "state_of_execution", _("Stand van de uitvoering")
    INSPECTORATE = "inspectorate", _("other inspectorate")


class SignalState(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", _("draft")
    DISCARDED = "discarded", _("draft thrown away")
    RECEIVED = "received", _("received")
    IN_TRIAGE = "in_triage", _("in triage")
    WAITING_SENDER = "waiting_sender", _("waiting for the sender")
    WAITING_ORGANISATION = "waiting_organisation", _("waiting for the organisation")
    WEIGHING = "weighing", _("being weighed")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged")


OPEN_STATES = ("received", "in_triage", "waiting_sender", "waiting_organisation", "weighing")


class Outcome(models.TextChoices):
    """What was done with it. ``no_action`` is counted as well as any other."""

    NO_ACTION = "no_action", _("no action")
    ADDED = "added", _("added to an activity")
    PASSED_ON = "passed_on", _("passed on to another supervisor")
    INVESTIGATION = "investigation", _("incident investigation proposed")
    IN_INCIDENT = "in_incident", _("finished with its incident file")


class SignalQuerySet(NeedToKnowQuerySet):
    """Staff by need-to-know; an organisation its own notifications; drafts only who writes them."""

    def visible_to(self, user: Any) -> Any:
        if user.is_authenticated and user.is_active and user.has_role(Role.ORGANISATION):
            from zichtlijn.supervision.field.queries import organisations_of

            own = self.filter(organisation__in=organisations_of(user), kind=SignalKind.NOTIFICATION)
            return own.filter(channel__in=(Channel.ACCOUNT, Channel.API))
        return super().visible_to(user).exclude(state__in=(SignalState.DRAFT, SignalState.DISCARDED))

    def open(self) -> SignalQuerySet:
        """Still on somebody's list; uses the partial indexes."""
        return self.filter(state__in=OPEN_STATES)


class Signal(NeedToKnow):
    """One thing that came in. Times are moments; ``happened_on`` is a day when known, else as told in words.

    ``str()`` is the reference and nothing else: events keep it for good, also after destruction.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=SignalKind.choices, default=SignalKind.SIGNAL)
    channel = models.CharField(_("came in by"), max_length=20, choices=Channel.choices)
    state = models.CharField(
        _("stage"), max_length=20, choices=SignalState.choices, default=SignalState.RECEIVED, editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True, editable=False)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what happened"), max_length=20_000)
    organisation = models.ForeignKey(
        "field.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signals",
    )
    organisation_as_told = models.CharField(_("about whom, as told"), max_length=200, blank=True)
    domain = models.ForeignKey(
        "field.Domain", verbose_name=_("domain"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        "field.Region", verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    happened_as_told = models.CharField(_("when, as told"), max_length=200, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    language = models.CharField(max_length=2, default="nl")
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent in at"), null=True, blank=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    term_at = models.DateTimeField(_("first term"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged")
    bundle = models.ForeignKey(
        "signals.Bundle", null=True, editable=False, on_delete=models.SET_NULL, related_name="signals"
    )
    incident = models.ForeignKey(
        "signals.IncidentFile", null=True, editable=False, on_delete=models.PROTECT, related_name="signals"
    )
    added_type = models.ForeignKey(ContentType, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    added_id = models.PositiveBigIntegerField(null=True, editable=False)
    added_to = GenericForeignKey("added_type", "added_id")
    sender_reference = models.CharField(_("your own reference"), max_length=100, blank=True)
    submission = models.UUIDField(null=True, unique=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = SignalQuerySet.as_manager()

    class Meta(NeedToKnow.Meta):
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        ordering = ["-received_at", "-id"]
        constraints = [
            *NeedToKnow.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "sender_reference"],
                condition=~Q(sender_reference=""),
                name="one_signal_per_sender_reference",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(outcome="") | ~Q(state="closed") & Q(outcome=""),
                name="closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="merged_into_something",
            ),
        ]
        indexes = [
            # As lists order them (lists/selection.py without NULLS LAST for fields that are never empty).
            models.Index(F("received_at").desc(), F("id").desc(), name="signal_received"),
            models.Index(
                "assignee",
                F("received_at").desc(),
                F("id").desc(),
                condition=Q(state__in=OPEN_STATES),
                name="signal_mine",
            ),
            models.Index(
                "team",
                "assignee",
                F("received_at").desc(),
                F("id").desc(),
                condition=Q(state__in=OPEN_STATES),
                name="signal_of_team",
            ),
            models.Index("audience", F("received_at").desc(), F("id").desc(), name="signal_audience"),
            models.Index("organisation", F("received_at").desc(), name="signal_organisation"),
            models.Index(fields=["added_type", "added_id"], condition=Q(added_id__isnull=False), name="signal_added"),
            models.Index("term_at", condition=Q(term_at__isnull=False), name="signal_term"),
            models.Index("file_key", name="signal_file"),
            models.Index("closed_at", condition=Q(state="closed"), name="signal_closed"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it; from the key, so that no counter makes writers wait for each other."""
        letter = {"notification": "M", "complaint": "K"}.get(self.kind, "S")
        return f"{letter}-{timezone.localtime(self.received_at):%Y}-{self.pk or 0:07d}"

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.pk])


class PartOfSignalQuerySet(NeedToKnowQuerySet):
    """Seen by whoever sees the signal; a path other than ``signal`` is named in a subclass."""

    path = "signal"

    def visible_to(self, user: Any) -> Any:
        # EXISTS, because SQLite makes a list of all that is seen for an IN.
        return self.filter(Exists(Signal.objects.visible_to(user).filter(pk=OuterRef(self.path))))


class StaffPartQuerySet(PartOfSignalQuerySet):
    """Work of the inspectorate itself: staff who see the signal, nobody from outside."""

    def visible_to(self, user: Any) -> Any:
        from zichtlijn.platform.accounts.access import is_staff_member

        return super().visible_to(user) if is_staff_member(user) else self.none()


class Sender(models.Model):
    """Who sent it, apart from the signal: destroyed earlier, and never in an event, export or search entry."""

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="sender")
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    relation = models.CharField(_("relation to the matter"), max_length=150, blank=True)
    receipt_sha256 = models.CharField(max_length=64, null=True, unique=True, editable=False)
    emptied_at = models.DateTimeField(_("personal data destroyed at"), null=True, editable=False)

    objects = StaffPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("sender")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(name="", email="", phone=""), name="anonymous_means_no_name"
            )
        ]

    def __str__(self) -> str:
        return f"sender {self.pk}"


class Notification(models.Model):
    """What an incident notification has besides: its category and the terms that followed from it on that day."""

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="notification")
    category = models.ForeignKey("signals.NotificationCategory", on_delete=models.PROTECT, related_name="+")
    discovered_at = models.DateTimeField(_("discovered at"))
    due_at = models.DateTimeField(_("had to be notified by"), null=True, editable=False)
    phoned_at = models.DateTimeField(_("telephoned at"), null=True, blank=True)
    people_involved = models.TextField(_("who was involved, without names"), blank=True)
    first_measures = models.TextField(_("first measures"), blank=True)
    closing_due_at = models.DateTimeField(_("closing report due"), null=True, editable=False)
    closing_report = models.TextField(_("closing report"), blank=True)
    closing_reported_at = models.DateTimeField(null=True, editable=False)

    objects = PartOfSignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident notification")
        verbose_name_plural = _("incident notifications")

    def __str__(self) -> str:
        return str(self.signal)

    @property
    def was_late(self) -> bool:
        """True when it was sent in after its term."""
        sent = self.signal.submitted_at
        return bool(self.due_at and sent and sent > self.due_at)
