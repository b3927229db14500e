"""Who may comment: staff who see the record; who may change or withdraw a comment."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import is_administrator, is_staff_member
from zichtlijn.platform.accounts.scope import sees

from .registry import is_commentable


@rules.predicate
def sees_record(user: Any, record: Any) -> bool:
    """The record takes comments and the user may see it."""
    if record is None or not is_commentable(type(record)):
        return False
    return sees(user, record)


@rules.predicate
def is_author(user: Any, comment: Any) -> bool:
    """The user wrote the comment."""
    return comment is not None and comment.author_id == user.pk


rules.add_perm("comments.add_comment", is_staff_member & sees_record)
rules.add_perm("comments.edit_comment", is_staff_member & is_author)
rules.add_perm("comments.withdraw_comment", is_administrator | (is_staff_member & is_author))
