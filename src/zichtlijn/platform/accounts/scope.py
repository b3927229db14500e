"""Scope: what a user may see starts from one queryset method, ``visible_to(user)``."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from zichtlijn.platform.remembering import know, once

from .access import is_signed_in, is_staff_member

Record = TypeVar("Record", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Record]):
    """Base of every queryset over case data. A subclass says in ``visible_to`` what a user may see.

    Lists, detail pages, search, counts, exports and files all start from it; a test walks every address as every
    role to check that.
    """

    def visible_to(self, user: Any) -> ScopedQuerySet[Record]:
        """The records that ``user`` may see; nothing for someone who is not signed in."""
        raise TypeError(f"{type(self).__name__} does not say what a user may see")


def sees(user: Any, record: models.Model) -> bool:
    """True when the user may see this record; asked once while a page is read."""
    manager: Any = type(record)._default_manager
    return once(_sight(user, record), lambda: bool(manager.visible_to(user).filter(pk=record.pk).exists()))


def is_seen(user: Any, record: models.Model) -> None:
    """The record came out of ``visible_to(user)``: ``sees`` need not ask while this page is read."""
    know(_sight(user, record), True)


def _sight(user: Any, record: models.Model) -> tuple[Any, ...]:
    return ("sees", user.pk, record._meta.label_lower, record.pk)


class StaffWide(ScopedQuerySet[Record]):
    """Records that everyone of the inspectorate may see, readers included; nobody from outside."""

    def visible_to(self, user: Any) -> StaffWide[Record]:
        return self.all() if is_signed_in(user) else self.none()


class StaffOnly(ScopedQuerySet[Record]):
    """Records of work in progress: staff sees them, readers do not."""

    def visible_to(self, user: Any) -> StaffOnly[Record]:
        return self.all() if is_staff_member(user) else self.none()
