"""Who is told of an access, and in whose calendar its last day stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.notices.deadlines import Deadline, register_deadlines
from zichtlijn.platform.notices.registry import register_kinds
from zichtlijn.platform.notices.telling import tell_people

from .models import FileAccess, NeedToKnow
from .registry import casefile_models

register_kinds(
    {
        "casefiles.access_given": _("You were given access to %(what)s."),
        "casefiles.access_until": _("You were given access to %(what)s, until and including %(day)s."),
        "casefiles.owner_replaced": _("You are the owner of %(what)s now."),
    }
)


def tell_of_access(actor: Any, file: NeedToKnow, access: FileAccess) -> None:
    """Tell somebody of an own access, within the transaction that gives it."""
    kind = "casefiles.access_until" if access.until else "casefiles.access_given"
    tell_people([access.user], kind, about=file, actor=actor, day=access.until)


def tell_new_owner(actor: Any, file: NeedToKnow, access: FileAccess) -> None:
    """Tell somebody that a file is theirs now."""
    tell_people([access.user], "casefiles.owner_replaced", about=file, actor=actor)


def ends_of_access(user: Any, since: date, until: date) -> Iterator[Deadline]:
    """The last days of the accesses of the user, each with the first record of its file that the user sees."""
    held = FileAccess.objects.holding().filter(user=user.pk, until__range=(since, until))
    days = {access.file_key: access for access in held}
    for model in casefile_models() if days else []:
        manager: Any = model._default_manager
        for file in manager.visible_to(user).filter(file_key__in=days).order_by("pk"):
            access = days.pop(file.file_key, None)
            if access is not None and access.until is not None:
                name = _("last day of your access")
                yield Deadline(f"access-{access.pk}", access.until, name, file, str(file), file.get_absolute_url())


register_deadlines("casefiles", ends_of_access)
