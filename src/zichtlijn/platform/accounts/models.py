"""Who may sign in, and as what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .roles import Role
from .scope import StaffOnly


class People(UserManager["User"]):
    """Makes accounts. ``createsuperuser`` makes an administrator, and nobody above all rules."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        """An administrator: whoever looks after accounts may not decide a programme."""
        return self.create_user(username, email, password, **fields, role=Role.ADMINISTRATOR)


class User(AbstractUser):
    """A person with one role. ``subject`` ties the account to an OpenID Connect provider."""

    role = models.CharField(_("role"), max_length=30, choices=Role.choices, default=Role.READER)
    full_name = models.CharField(_("name"), max_length=150, blank=True)
    subject = models.CharField(_("OpenID Connect subject"), max_length=255, blank=True, null=True, unique=True)
    is_demo = models.BooleanField(_("demo account"), default=False)

    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def has_role(self, *roles: str) -> bool:
        """True when the user is active and has one of the roles."""
        return self.is_active and self.role in roles


class Team(models.Model):
    """A group of staff that shares work and files."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffOnly.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """That somebody belongs to a team, from a day until it ended. Ended, never deleted."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_members")
    is_lead = models.BooleanField(_("leads the team"), default=False)
    since = models.DateField(_("since"), default=localdate)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = StaffOnly.as_manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["team", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=models.Q(ended_on__isnull=True), name="one_running_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.team}"
