"""Who is told of an access, and in whose calendar its last day stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.roles import Role
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
        "casefiles.no_longer_owner": _("%(what)s has another owner now. Your access to it has ended."),
        "casefiles.owner_was_replaced": _("The administrator gave %(what)s another owner."),
    }
)


def tell_of_access(actor: Any, file: NeedToKnow, access: FileAccess) -> None:
    """Tell somebody of an own access, within the transaction that gives it."""
    kind = "casefiles.access_until" if access.until else "casefiles.access_given"
    tell_people([access.user], kind, about=file, actor=actor, day=access.until)


def tell_of_new_owner(actor: Any, file: NeedToKnow, access: FileAccess, former: Iterable[Any]) -> None:
    """Tell somebody that a file is theirs now, who had it before, and the inspector-general, that it has changed hands.

    The last two are told also when they may not see it: an administrator does not change this without their knowing.
    """
    tell_people([access.user], "casefiles.owner_replaced", about=file, actor=actor)
    before = {person.pk: person for person in former if person.pk != access.user_id}
    tell_people(before.values(), "casefiles.no_longer_owner", about=file, actor=actor, even_unseen=True)
    heads = (
        get_user_model()._default_manager.filter(role=Role.INSPECTOR_GENERAL).exclude(pk__in=[*before, access.user_id])
    )
    tell_people(heads, "casefiles.owner_was_replaced", about=file, actor=actor, even_unseen=True)


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
