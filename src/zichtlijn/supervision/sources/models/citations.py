"""Citations: which words of which document something in the register rests on."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .documents import Document


class CitationState(models.TextChoices):
    """How well the quoted words are found in the text of the document as it is now."""

    EXACT = "exact", _("found word for word")
    NEAR = "near", _("found with small differences")
    UNMATCHED = "unmatched", _("no longer found")
    TEXT_ABSENT = "text_absent", _("text not imported")


class CitationQuerySet(ScopedQuerySet["Citation"]):
    """Staff follow every citation; a reader those of objects that the reader may see, so that none names a draft."""

    def visible_to(self, user: Any) -> CitationQuerySet:
        if is_staff_member(user):
            return self.all()
        seen = Q(pk__in=())
        for kind in ContentType.objects.filter(pk__in=Citation.objects.order_by().values("content_type").distinct()):
            manager: Any = getattr(kind.model_class(), "_default_manager", None)
            if hasattr(manager, "visible_to"):
                seen |= Q(content_type=kind, object_id__in=manager.visible_to(user).values("pk"))
        return self.filter(seen)

    def about(self, record: models.Model) -> CitationQuerySet:
        """The citations that one object of the register rests on, in the order of the documents."""
        content_type = ContentType.objects.get_for_model(record)
        return self.filter(content_type=content_type, object_id=record.pk)

    def unmatched(self) -> CitationQuerySet:
        """Citations whose words are no longer found: a person has to look at these."""
        return self.filter(state=CitationState.UNMATCHED)


class Citation(models.Model):
    """Document, page and span ``[start, end)`` of its text that an object of the register rests on.

    ``quote`` holds the words as they were when they were cited; it is empty while the text is not shipped, and then
    ``fingerprint`` (hashes of runs of words) is what the passage is found by once somebody imports the text.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    page_last = models.PositiveIntegerField(_("last page"), null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    fingerprint = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=CitationState.choices, default=CitationState.EXACT)
    proposal = models.ForeignKey(
        "sources.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["document_id", "start", "page", "id"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="citation_about"),
            models.Index(fields=["document", "start"], name="citation_place"),
            models.Index(fields=["state"], name="citation_state"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.page_words}" if self.page else str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("sources:citation", args=[self.pk])

    @property
    def page_words(self) -> str:
        """“page 6”, or “page 6 or 7” style range when the page is only known between two; empty when unknown."""
        if self.page is None:
            return ""
        if self.page_last in (None, self.page):
            return _("page %(page)s") % {"page": self.page}
        return _("page %(first)s to %(last)s") % {"first": self.page, "last": self.page_last}

    @property
    def placed(self) -> bool:
        """True when the words can be shown in their context."""
        return self.start is not None and self.state in (CitationState.EXACT, CitationState.NEAR)
