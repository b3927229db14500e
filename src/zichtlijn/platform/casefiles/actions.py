"""What can be done about who may know of a case file. No event holds a purpose: that stays with the access itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.models import Team
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import Happening, record_many, snapshot

from .filing import records_of, set_access
from .models import Access, FileAccess, NeedToKnow
from .telling import tell_of_access, tell_of_new_owner


@action("casefiles.restrict", permission="casefiles.change_access", on="file")
def restrict_file(*, actor: Any, file: NeedToKnow, purpose: str, owner: Any = None) -> FileAccess:
    """Restrict a file to named people: the owner (default: who does it), who names others.

    Raises ValidationError when it is restricted already, without a purpose, or for an owner who is no staff.
    """
    records = _fresh(file)
    if records[0].access == Access.RESTRICTED:
        raise ValidationError(_("This file is restricted to named people already."), code="restricted")
    first = _give(file, owner or actor, purpose, given_by=actor, is_owner=True)
    _change(actor, "casefiles.restrict", records, access=Access.RESTRICTED)
    tell_of_access(actor, records[0], first)
    return first


@action("casefiles.open_to_team", permission="casefiles.change_access", on="file")
def open_file_to_team(*, actor: Any, file: NeedToKnow, team: Team) -> None:
    """Open a file to one team, and to nobody else of staff. Raises ValidationError for a team that was closed."""
    if not team.is_active:
        raise ValidationError({"team": _("This team is no longer in use.")}, code="team")
    records = _fresh(file)
    _end_all_of_staff(file)
    _change(actor, "casefiles.open_to_team", records, access=Access.TEAM, team=team)


@action("casefiles.open_to_staff", permission="casefiles.change_access", on="file")
def open_file_to_staff(*, actor: Any, file: NeedToKnow) -> None:
    """Open a file to all staff. What was shared with a partner stays shared."""
    records = _fresh(file)
    _end_all_of_staff(file)
    _change(actor, "casefiles.open_to_staff", records, access=Access.OPEN)


@action("casefiles.give_access", permission="casefiles.change_access", on="file")
def give_access(
    *, actor: Any, file: NeedToKnow, user: Any, purpose: str, until: date | None = None, is_owner: bool = False
) -> FileAccess:
    """Let one more member of staff know of a restricted file. Raises ValidationError for anybody else, for a file that
    is not restricted, for a day that has passed, and without a purpose."""
    records = _fresh(file)
    if records[0].access != Access.RESTRICTED:
        raise ValidationError(_("This file is not restricted to named people."), code="not-restricted")
    given = _give(file, user, purpose, given_by=actor, until=until, is_owner=is_owner)
    _tell(actor, "casefiles.give_access", records, after=_told(given))
    tell_of_access(actor, records[0], given)
    return given


@action("casefiles.share", permission="casefiles.change_access", on="file")
def share_with_partner(*, actor: Any, file: NeedToKnow, user: Any, purpose: str, until: date) -> FileAccess:
    """Show a file to somebody of a partner inspectorate, until and including a day. Raises ValidationError for
    anybody else, for a day that has passed, and without a purpose."""
    if not user.has_role(Role.PARTNER):
        raise ValidationError({"user": _("A file can be shared with a partner inspectorate only.")}, code="partner")
    if until is None:
        raise ValidationError({"until": _("Say until which day the file is shared.")}, code="until")
    given = _add(file, user, purpose, given_by=actor, until=until)
    records = _fresh(file)
    _tell(actor, "casefiles.share", records, after=_told(given))
    tell_of_access(actor, records[0], given)
    return given


@action("casefiles.end_access", permission="casefiles.change_access", on="file")
def end_access(*, actor: Any, file: NeedToKnow, access: FileAccess) -> FileAccess:
    """End somebody's access at once. Raises ValidationError for the last owner, and when it ended already."""
    if access.file_key != file.file_key or access.ended_at is not None:
        raise ValidationError(_("This access has ended already."), code="ended")
    if access.is_owner and not _other_owners(access).exists():
        raise ValidationError(_("This is the last owner of the file; make somebody else owner first."), code="owner")
    before = _told(access)
    _end(access)
    _tell(actor, "casefiles.end_access", _fresh(file), before=before)
    return access


@action("casefiles.replace_owner", permission="casefiles.replace_owner")
def replace_owner(*, actor: Any, file: NeedToKnow, user: Any, reason: str) -> FileAccess:
    """Give a restricted file whose owner is gone another owner; the earlier owners lose their access.

    Done by the administrator, who gains no access by it. Raises ValidationError without a reason, for a file that is
    not restricted, for an owner who does no casework, and for the administrator.
    """
    records = _fresh(file)
    if records[0].access != Access.RESTRICTED:
        raise ValidationError(_("This file is not restricted to named people."), code="not-restricted")
    if user.has_role(Role.ADMINISTRATOR):
        raise ValidationError({"user": _("An administrator does not become owner of a file.")}, code="owner")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays with the record.")}, code="reason")
    running = FileAccess.objects.filter(file_key=file.file_key, ended_at__isnull=True).select_related("user")
    ended = list(running.filter(models.Q(is_owner=True) | models.Q(user=user)))
    for held in ended:
        _end(held)
    given = _give(file, user, reason, given_by=actor, is_owner=True)
    _tell(actor, "casefiles.replace_owner", records, after=_told(given))
    tell_of_new_owner(actor, records[0], given, [held.user for held in ended])
    return given


def _fresh(file: NeedToKnow) -> list[NeedToKnow]:
    """Every record of the file as it stands now, locked; the one that was named first."""
    found = sorted(records_of(file.file_key), key=lambda each: (type(each) is not type(file), each.pk != file.pk))
    if not found:
        raise ValidationError(_("This file was changed by somebody else."), code="stale")
    return found


def _change(actor: Any, name: str, records: list[NeedToKnow], *, access: str, team: Team | None = None) -> None:
    before = [snapshot(each, fields=["access", "team"]) for each in records]
    set_access(records, access=access, team=team)
    after = [snapshot(each, fields=["access", "team"]) for each in records]
    told = [Happening(name, each, old, new) for each, old, new in zip(records, before, after, strict=True)]
    record_many(actor=actor, happenings=told)


def _tell(
    actor: Any,
    name: str,
    records: list[NeedToKnow],
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_many(actor=actor, happenings=[Happening(name, each, before or {}, after or {}) for each in records])


def _told(access: FileAccess) -> dict[str, Any]:
    """What an event says of an access: who, until when; never the purpose, which is in words."""
    told: dict[str, Any] = {"person": str(access.user)}
    if access.is_owner:
        told["is_owner"] = True
    if access.until:
        told["until"] = access.until.isoformat()
    return told


def _give(
    file: NeedToKnow, user: Any, purpose: str, *, given_by: Any, until: date | None = None, is_owner: bool = False
) -> FileAccess:
    if not is_staff_member(user):
        raise ValidationError({"user": _("Only staff can be named on a file.")}, code="staff")
    return _add(file, user, purpose, given_by=given_by, until=until, is_owner=is_owner)


def _add(
    file: NeedToKnow, user: Any, purpose: str, *, given_by: Any, until: date | None = None, is_owner: bool = False
) -> FileAccess:
    if not purpose.strip():
        raise ValidationError({"purpose": _("Say for what: it stands in the read trail.")}, code="purpose")
    if until is not None and until < localdate():
        raise ValidationError({"until": _("This day has passed.")}, code="until")
    running = FileAccess.objects.filter(file_key=file.file_key, user=user.pk, ended_at__isnull=True).first()
    if running is not None:
        if not _is_over(running):
            raise ValidationError({"user": _("This person has access already.")}, code="double")
        _end(running)
    given = FileAccess(
        file_key=file.file_key, user=user, purpose=purpose.strip(), is_owner=is_owner, until=until, given_by=given_by
    )
    given.full_clean(exclude=["user", "given_by"])
    given.save()
    return given


def _is_over(access: FileAccess) -> bool:
    return access.until is not None and access.until < localdate()


def _end(access: FileAccess) -> None:
    access.ended_at = timezone.now()
    access.save(update_fields=["ended_at"])


def _end_all_of_staff(file: NeedToKnow) -> None:
    running = FileAccess.objects.filter(file_key=file.file_key, ended_at__isnull=True)
    running.exclude(user__role=Role.PARTNER).update(ended_at=timezone.now())


def _other_owners(access: FileAccess) -> models.QuerySet[FileAccess]:
    owners = FileAccess.objects.holding().filter(file_key=access.file_key, is_owner=True, user__is_active=True)
    return owners.exclude(pk=access.pk)
