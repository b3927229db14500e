"""What the software proposes to take over from a document, and what a person decided about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents.proposals.reasons import in_words
from zichtlijn.platform.accounts.scope import StaffOnly

from .documents import Document


class RunOutcome(models.TextChoices):
    """What an import brought about."""

    NEW = "new", _("new document")
    SAME = "same", _("same document, nothing added")
    PAGES = "pages", _("same document, pages updated")
    EDITION = "edition", _("new edition")
    ATTACHED = "attached", _("text attached to a document that was known")
    REPLACED = "replaced", _("other text for a document that was known")


class ProposalType(models.TextChoices):
    """What kind of thing is proposed."""

    GOAL = "goal", _("goal")
    ACTIVITY = "activity", _("activity")
    FIGURE = "figure", _("figure")
    ORGANISATION = "organisation", _("organisation")
    CHAIN = "chain", _("chain")
    ACT = "act", _("act")
    FOOTNOTE = "footnote", _("footnote")


PLURALS = {
    ProposalType.GOAL: _("Goals"),
    ProposalType.ACTIVITY: _("Activities"),
    ProposalType.FIGURE: _("Figures"),
    ProposalType.ORGANISATION: _("Organisations"),
    ProposalType.CHAIN: _("Chains"),
    ProposalType.ACT: _("Acts"),
    ProposalType.FOOTNOTE: _("Footnotes"),
}


class ProposalState(models.TextChoices):
    """Where a proposal stands; the allowed steps are in ``transitions``."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    MERGED = "merged", _("merged into another")
    SPLIT = "split", _("split")


class DecisionBy(models.TextChoices):
    """Whether a person looked at this proposal, or a threshold that a person set."""

    PERSON = "person", _("a person")
    THRESHOLD = "threshold", _("a threshold")


class RunQuerySet(StaffOnly["ImportRun"]):
    """Imports are work in progress of the inspectorate: readers do not see them."""


class ImportRun(models.Model):
    """One reading of one file: by whom, with what result. ``counts`` is the number of proposals per type.

    ``accepted`` and ``refused`` (``[[title, reason], …]``) say what a threshold did in the same go.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="runs")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    outcome = models.CharField(_("result"), max_length=10, choices=RunOutcome.choices)
    accept_above = models.FloatField(_("accepted above"), null=True, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    passages = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.document} ({self.get_outcome_display()})"

    def get_absolute_url(self) -> str:
        return reverse("sources:run", args=[self.pk])


class ProposalQuerySet(StaffOnly["Proposal"]):
    """What nobody decided about is no part of the register yet: readers do not see it; deciding takes a permission."""

    def open(self) -> ProposalQuerySet:
        """Proposals that wait for a decision."""
        return self.filter(state=ProposalState.OPEN)

    def above(self, confidence: float) -> ProposalQuerySet:
        """Proposals at least as certain as ``confidence`` (0–1)."""
        return self.filter(confidence__gte=confidence)


class Proposal(models.Model):
    """One thing found in a document.

    ``payload`` is what would enter the register now, ``proposed`` what the software said at first; they differ after
    an edit; the same holds for ``quotes`` and ``proposed_quotes`` after a merge. ``quotes`` is never empty:
    ``[{"start", "end", "quote", "page", "page_last"}, …]``.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="proposals")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(default=0)
    type = models.CharField(_("type"), max_length=12, choices=ProposalType.choices)
    key = models.CharField(max_length=300)
    title = models.CharField(_("title"), max_length=500)
    payload = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    quotes = models.JSONField(default=list)
    proposed_quotes = models.JSONField(default=list)
    confidence = models.FloatField(_("confidence"))
    reason = models.CharField(_("reason"), max_length=500)
    reason_terms = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN, db_index=True
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="pieces")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    how = models.CharField(_("way of deciding"), max_length=10, choices=DecisionBy.choices, blank=True)
    threshold = models.FloatField(_("threshold"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    result_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result_id = models.PositiveBigIntegerField(null=True, blank=True)
    result = GenericForeignKey("result_type", "result_id")
    created_result = models.BooleanField(default=False)
    last_event = models.PositiveBigIntegerField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["document_id", "number", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "type", "key"], name="proposed_once")]
        indexes = [models.Index(fields=["document", "state", "type"], name="proposal_review")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sources:proposal", args=[self.pk])

    @property
    def is_edited(self) -> bool:
        """True when a person changed what the software proposed."""
        return bool(self.proposed) and self.payload != self.proposed

    @property
    def percent(self) -> int:
        """The confidence as a whole percentage."""
        return round(self.confidence * 100)

    @property
    def reason_words(self) -> str:
        """Why the software proposed it, in the language of the reader."""
        terms: dict[str, Any] = self.reason_terms or {}
        try:
            return in_words(self.reason, terms, gettext) if self.reason else ""
        except (KeyError, ValueError, TypeError):
            return gettext(self.reason)
