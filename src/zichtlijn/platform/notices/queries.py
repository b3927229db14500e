"""What somebody can ask about notices."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from .models import Notice, NoticeSetting

MOST_COUNTED = 100


def unread_count(user: Any) -> int:
    """How many notices the user did not read yet; never more than ``MOST_COUNTED``, so that it costs the same."""
    if not getattr(user, "is_authenticated", False):
        return 0
    return int(Notice.objects.visible_to(user).filter(read_at__isnull=True).order_by()[:MOST_COUNTED].count())


def setting_of(user: Any) -> NoticeSetting:
    """How the user wants to be told; not stored yet when nothing was ever chosen."""
    return NoticeSetting.objects.filter(user=user.pk).first() or NoticeSetting(user=user)


def still_seen(user: Any, notices: list[Notice]) -> set[int]:
    """The keys of those notices whose record the user still sees, one query a kind of record."""
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        if notice.object_id is not None:
            wanted.setdefault(notice.model_label, set()).add(notice.object_id)
    seen: set[tuple[str, int | None]] = set()
    for label, keys in wanted.items():
        visible: Any = apps.get_model(label)._default_manager
        seen |= {(label, pk) for pk in visible.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)}
    return {notice.pk for notice in notices if (notice.model_label, notice.object_id) in seen}
