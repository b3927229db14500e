"""Who may sign in, and as what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from .roles import Role


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
