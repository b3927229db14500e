"""Who needs to know: access to a case file, the people it is restricted to, and who read it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import connections, models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_administrator, is_staff_member
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.accounts.scope import ScopedQuerySet
from zichtlijn.platform.remembering import once

STAFF_AUDIENCE = "staff"


class Access(models.TextChoices):
    """To whom a file is open."""

    OPEN = "open", _("all staff")
    TEAM = "team", _("one team")
    RESTRICTED = "restricted", _("named people")


def audience_of(access: str, team_id: int | None, file_key: uuid.UUID) -> str:
    """The one word that says who may see a record; the same word stands in its search entry."""
    if access == Access.OPEN:
        return STAFF_AUDIENCE
    return f"team:{team_id}" if access == Access.TEAM else f"file:{file_key}"


class FileAccessQuerySet(ScopedQuerySet["FileAccess"]):
    """Seen by the administrator and by those on the same file; ``holding`` is what counts today."""

    def visible_to(self, user: Any) -> FileAccessQuerySet:
        if is_administrator(user):
            return self.all()
        return self.filter(file_key__in=keys_of(user)) if user.is_authenticated and user.is_active else self.none()

    def holding(self) -> FileAccessQuerySet:
        """Rows that hold today; the last day counts."""
        today = localdate()
        return self.filter(ended_at__isnull=True).filter(Q(until__isnull=True) | Q(until__gte=today))


class FileAccess(models.Model):
    """That one person may see one file, why, and until which day. Ended, never deleted."""

    file_key = models.UUIDField(_("file"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="file_accesses"
    )
    purpose = models.CharField(_("purpose"), max_length=300)
    is_owner = models.BooleanField(_("owner of the file"), default=False)
    until = models.DateField(_("until and including"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = FileAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to a file")
        verbose_name_plural = _("accesses to files")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_key", "user"], condition=Q(ended_at__isnull=True), name="one_running_access_per_person"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="access_has_a_purpose"),
        ]
        indexes = [models.Index(fields=["user", "file_key"], name="access_of_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.purpose}"


def held_by(user: Any) -> dict[uuid.UUID, bool]:
    """The files that were opened to this user by name, and whether the user owns them."""
    return once(("held_by", user.pk), lambda: _held_by(user))


def _held_by(user: Any) -> dict[uuid.UUID, bool]:
    return dict(FileAccess.objects.holding().filter(user=user.pk).values_list("file_key", "is_owner"))


def _teams_of(user: Any) -> list[int]:
    from zichtlijn.platform.accounts.models import TeamMember

    running = TeamMember.objects.filter(user=user.pk, ended_on__isnull=True).order_by("pk")
    return list(running.values_list("team_id", flat=True))


def keys_of(user: Any) -> list[uuid.UUID]:
    """The files that were opened to this user by name: one small query, so that the planner knows its values."""
    return list(held_by(user))


def audiences_of(user: Any) -> list[str]:
    """Every audience that a member of staff belongs to: all staff, own teams, files opened by name."""
    teams = once(("teams_of", user.pk), lambda: _teams_of(user))
    return [STAFF_AUDIENCE, *(f"team:{team}" for team in teams), *(f"file:{key}" for key in keys_of(user))]


class NeedToKnowQuerySet(ScopedQuerySet[Any]):
    """The one place where need-to-know is decided. Outside people see nothing but files shared with them by name."""

    def visible_to(self, user: Any) -> NeedToKnowQuerySet:
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if is_staff_member(user):
            return self._of_audiences(audiences_of(user))
        return self.filter(file_key__in=keys_of(user)) if user.has_role(Role.PARTNER) else self.none()

    def _of_audiences(self, audiences: list[str]) -> NeedToKnowQuerySet:
        """Those of an audience. Most records are in one: SQLite would read all of them by the index and sort them."""
        if connections[self.db].vendor == "sqlite":
            return self.filter(In(Concat(F("audience"), Value("")), audiences))
        return self.filter(audience__in=audiences)


class NeedToKnow(models.Model):
    """Base of every record that is a case file or part of one. ``audience`` follows from the other fields."""

    access = models.CharField(_("open to"), max_length=12, choices=Access.choices, default=Access.OPEN)
    team = models.ForeignKey(
        "accounts.Team", verbose_name=_("team"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_key = models.UUIDField(default=uuid.uuid4, editable=False)
    audience = models.CharField(max_length=48, default=STAFF_AUDIENCE, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(access="team") | Q(team__isnull=False), name="%(app_label)s_%(class)s_team_named"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep ``audience`` in step; ``bulk_create`` must call ``set_audience`` itself."""
        self.set_audience()
        if (names := kwargs.get("update_fields")) is not None and {"access", "team"} & set(names):
            kwargs["update_fields"] = {*names, "audience"}
        super().save(*args, **kwargs)

    def set_audience(self) -> None:
        """The audience that follows from access, team and file."""
        self.audience = audience_of(self.access, self.team_id, self.file_key)

    @property
    def is_restricted(self) -> bool:
        """True when reading leaves a trace."""
        return self.access == Access.RESTRICTED


class ReadingQuerySet(ScopedQuerySet["Reading"]):
    """The administrator sees all; the owner of a file sees who read it."""

    def visible_to(self, user: Any) -> ReadingQuerySet:
        if is_administrator(user):
            return self.all()
        if not is_staff_member(user):
            return self.none()
        own = FileAccess.objects.holding().filter(user=user.pk, is_owner=True).values_list("file_key", flat=True)
        return self.filter(file_key__in=list(own))


class ReadingKind(models.TextChoices):
    """How something was read."""

    PAGE = "page", _("page opened")
    HISTORY = "history", _("history opened")
    FILE = "file", _("attachment opened")
    EXPORT = "export", _("in an export")
    SEARCH = "search", _("passage in a search result")
    API = "api", _("through the API")


class Reading(models.Model):
    """That somebody read a restricted record. Append-only, guarded by a trigger (events/guards.py)."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    user_name = models.CharField(max_length=150)
    kind = models.CharField(_("how"), max_length=10, choices=ReadingKind.choices)
    model_label = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    object_label = models.CharField(_("what"), max_length=120)  # the reference, never a subject or name
    file_key = models.UUIDField()
    purpose = models.CharField(_("purpose"), max_length=300)
    request_id = models.CharField(max_length=64, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("read trail")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["file_key", "-id"], name="reading_file"),
            models.Index(fields=["user", "-id"], name="reading_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.object_label}"
