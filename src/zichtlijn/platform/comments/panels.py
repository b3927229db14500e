"""Comments on the pages of the records that take them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zichtlijn.platform.trace.panels import register_panel

from .forms import CommentForm
from .models import Comment
from .registry import is_commentable


def comments_panel(request: HttpRequest, record: models.Model) -> SafeString | None:
    """The comments on a record and, for those who may, the form to add one; None for a record that takes none."""
    if not is_commentable(type(record)):
        return None
    context = {
        "record": record,
        "label": record._meta.label_lower,
        "entries": [_entry(request.user, comment) for comment in Comment.objects.about_record(record)],
        "form": CommentForm() if request.user.has_perm("comments.add_comment", record) else None,
    }
    return render_to_string("comments/panel.html", context, request)


def _entry(user: Any, comment: Comment) -> dict[str, Any]:
    withdrawn = comment.withdrawn_at is not None
    return {
        "comment": comment,
        "may_edit": not withdrawn and user.has_perm("comments.edit_comment", comment),
        "may_withdraw": not withdrawn and user.has_perm("comments.withdraw_comment", comment),
    }


register_panel(model_label="*", name="comments", order=80, render=comments_panel)
