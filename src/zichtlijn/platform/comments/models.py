"""What people say about a record, beside the record itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_administrator, is_outsider
from zichtlijn.platform.accounts.scope import ScopedQuerySet
from zichtlijn.platform.casefiles.registry import is_need_to_know

from .registry import commentable_models

LONGEST = 5_000


class CommentQuerySet(ScopedQuerySet["Comment"]):
    """A comment is seen by whoever may see the record it is about; a withdrawn one by who may put it back."""

    def visible_to(self, user: Any) -> CommentQuerySet:
        """Comments about records that the user may see, with their text and history; nothing for outsiders."""
        if is_outsider(user):
            return self.none()
        seen = Q(pk__in=[])
        for model in commentable_models():
            records = model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
            content_type = ContentType.objects.get_for_model(model)
            seen |= Q(content_type=content_type, object_id__in=records.order_by().values("pk"))
        if not is_administrator(user):
            seen &= Q(withdrawn_at__isnull=True) | Q(author=user.pk)
        return self.filter(seen)

    def about_record(self, record: models.Model) -> CommentQuerySet:
        """The comments on one record, oldest first, with their authors."""
        content_type = ContentType.objects.get_for_model(record)
        return self.filter(content_type=content_type, object_id=record.pk).select_related("author")


class Comment(models.Model):
    """One comment. A withdrawn one keeps its place; its text is no longer shown."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField(_("comment"), validators=[MaxLengthValidator(LONGEST)])
    at = models.DateTimeField(_("when"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"], name="comment_record")]

    def __str__(self) -> str:
        if is_need_to_know(self.about_model):
            return f"comment {self.pk}"  # events keep this label for good
        return " ".join(self.text.split())[:80]

    @property
    def about_model(self) -> type[models.Model]:
        """The model of the record that it is about, without a query."""
        found = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return found or Comment

    def get_absolute_url(self) -> str:
        """The place of the comment on the page of its record."""
        return f"{self.about.get_absolute_url()}#comment-{self.pk}"  # type: ignore[union-attr]
