"""What a user can do with comments."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.casefiles.registry import is_need_to_know
from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from .models import Comment


@action("comments.add", permission="comments.add_comment", on="about")
def add_comment(*, actor: Any, about: models.Model, text: str) -> Comment:
    """Say something about a record. Raises ValidationError for an empty or too long text."""
    comment = Comment(about=about, author=actor, text=_tidy(text))
    comment.full_clean()
    comment.save()
    record(actor=actor, action="comments.add", about=comment, after=_told(comment))
    return comment


@action("comments.edit", permission="comments.edit_comment", on="comment")
def edit_comment(*, actor: Any, comment: Comment, text: str) -> Comment:
    """Change one's own comment. Raises ValidationError for an unfit text, or when the comment is withdrawn."""
    _refuse_withdrawn(comment)
    before = _told(comment)
    if (changed := _tidy(text)) == comment.text:
        return comment
    comment.text, comment.edited_at = changed, timezone.now()
    comment.full_clean()
    comment.save()
    record(actor=actor, action="comments.edit", about=comment, before=before, after=_told(comment))
    return comment


@action("comments.withdraw", permission="comments.withdraw_comment", on="comment")
def withdraw_comment(*, actor: Any, comment: Comment) -> Comment:
    """Take a comment back; it keeps its place without its text. Raises ValidationError when it was withdrawn."""
    _refuse_withdrawn(comment)
    return _set_withdrawn(actor, comment, "comments.withdraw", timezone.now())


@action("comments.restore", permission="comments.withdraw_comment", on="comment")
def restore_comment(*, actor: Any, comment: Comment) -> Comment:
    """Show a withdrawn comment again. Raises ValidationError when it is not withdrawn."""
    if comment.withdrawn_at is None:
        raise ValidationError(_("This comment is not withdrawn."), code="not-withdrawn")
    return _set_withdrawn(actor, comment, "comments.restore", None)


def _set_withdrawn(actor: Any, comment: Comment, name: str, moment: Any) -> Comment:
    before = _told(comment)
    comment.withdrawn_at = moment
    comment.save(update_fields=["withdrawn_at"])
    record(actor=actor, action=name, about=comment, before=before, after=_told(comment))
    return comment


def _told(comment: Comment) -> dict[str, Any]:
    """What an event says of a comment. Events are kept for good, so that they hold no word about a case file."""
    if not is_need_to_know(comment.about_model):
        return snapshot(comment)
    return snapshot(comment, fields=["content_type", "object_id", "author", "at", "edited_at", "withdrawn_at"])


def _refuse_withdrawn(comment: Comment) -> None:
    if comment.withdrawn_at is not None:
        raise ValidationError(_("This comment is withdrawn."), code="withdrawn")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
