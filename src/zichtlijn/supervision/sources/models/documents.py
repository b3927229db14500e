"""A document as it was read: its text, and the passages, sections, footnotes and page layers that belong to it."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide

SHA256_LENGTH = 64


class DocumentFormat(models.TextChoices):
    """How the file was written; empty while the text is not here."""

    PDF = "pdf", "PDF"
    DOCX = "docx", _("Word document")
    MARKDOWN = "markdown", "Markdown"
    PLAIN = "plain", _("plain text")


class DocumentQuerySet(StaffWide["Document"]):
    """Published documents: everyone who can sign in may read them."""

    def without_text(self) -> DocumentQuerySet:
        """Documents that are known and cited, but whose text was never imported here."""
        return self.filter(sha256="")

    def light(self) -> DocumentQuerySet:
        """Without loading the text itself, which can be millions of characters."""
        return self.defer("text")


class Document(models.Model):
    """One edition of one publication, stored once by the SHA-256 of its file.

    ``text`` is never changed in place: offsets of passages and citations are positions in it. ``sha256`` is empty for
    a document that is cited by page while its text is not shipped. ``page_map`` says from which character on which page
    begins (``relocation.page_map``).
    """

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    origin = models.CharField(_("origin"), max_length=500, blank=True)
    kind = models.CharField(_("format"), max_length=10, choices=DocumentFormat.choices, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name=_("file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True, editable=False)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    page_map = models.JSONField(default=list, blank=True, editable=False)
    edition_of = models.ForeignKey(
        "self", verbose_name=_("edition of"), null=True, blank=True, on_delete=models.PROTECT, related_name="editions"
    )
    warnings = models.JSONField(default=list, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added on"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-year", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="document_stored_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sources:document", args=[self.pk])

    @property
    def has_text(self) -> bool:
        """True when the text was imported here."""
        return bool(self.sha256)


class SectionQuerySet(StaffWide["Section"]):
    """Whoever sees the document sees its sections."""


class Section(models.Model):
    """A heading with what stands under it. ``number`` is its place among the sections of the document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500)
    level = models.PositiveSmallIntegerField(default=1)
    heading = models.PositiveIntegerField(null=True)
    parent = models.PositiveIntegerField(null=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="section_of_document")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()


class PassageQuerySet(StaffWide["Passage"]):
    """Whoever sees the document sees its passages."""


class Passage(models.Model):
    """A block of the text: heading, paragraph, list item, footnote, line of the contents.

    ``section`` and ``continues`` are numbers within the document, as the analysis gives them. The page is known when
    ``page_first`` equals ``page_last``, else it lies between the two.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    page_first = models.PositiveIntegerField(null=True)
    page_last = models.PositiveIntegerField(null=True)
    page_source = models.CharField(max_length=10, blank=True)
    section = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=20, blank=True)
    continues = models.PositiveIntegerField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="passage_of_document")]
        indexes = [
            models.Index(fields=["document", "start"], name="passage_start"),
            models.Index(fields=["document", "page_first"], name="passage_page"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        address = _document_address(self.document_id, get_script_prefix())
        return f"{address}?passage={self.number}#passage-{self.number}"


@lru_cache(maxsize=256)
def _document_address(document: int, _prefix: str) -> str:
    """Asked for every passage of a long document, when it is indexed."""
    return reverse("sources:document", args=[document])


class FootnoteQuerySet(StaffWide["Footnote"]):
    """Whoever sees the document sees its notes."""


class Footnote(models.Model):
    """A note with its mark, its addresses and the places ``[[start, end], …]`` where the mark stands."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="footnotes")
    mark = models.CharField(_("mark"), max_length=20)
    text = models.TextField(_("text"))
    urls = models.JSONField(_("addresses"), default=list)
    passage = models.PositiveIntegerField()
    references = models.JSONField(default=list)
    referred_from = models.PositiveIntegerField(null=True)
    referred_to = models.PositiveIntegerField(null=True)
    page_first = models.PositiveIntegerField(null=True)
    page_last = models.PositiveIntegerField(null=True)

    objects = FootnoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ["document_id", "passage", "id"]
        indexes = [models.Index(fields=["document", "passage"], name="footnote_passage")]

    def __str__(self) -> str:
        return f"{self.mark}. {self.text}"[:200]

    def get_absolute_url(self) -> str:
        return f"{reverse('sources:document', args=[self.document_id])}?passage={self.passage}#passage-{self.passage}"


class PageLayerQuerySet(StaffWide["PageLayer"]):
    """Whoever sees the document sees its layers."""


class PageLayer(models.Model):
    """The text layer of one printed page, given beside a whole text that has no pages of its own."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="layers")
    page = models.PositiveIntegerField(_("page"))
    text = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    filename = models.CharField(max_length=255, blank=True)

    objects = PageLayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("page layer")
        verbose_name_plural = _("page layers")
        ordering = ["document_id", "page"]
        constraints = [models.UniqueConstraint(fields=["document", "page"], name="one_layer_per_page")]

    def __str__(self) -> str:
        return f"{self.document} {self.page}"
