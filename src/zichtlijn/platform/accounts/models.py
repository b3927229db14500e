"""Who may sign in, and as what."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .roles import Role


class User(AbstractUser):
    """A person with one role. ``subject`` ties the account to an OpenID Connect provider."""

    role = models.CharField(_("role"), max_length=30, choices=Role.choices, default=Role.READER)
    full_name = models.CharField(_("name"), max_length=150, blank=True)
    subject = models.CharField(_("OpenID Connect subject"), max_length=255, blank=True, null=True, unique=True)
    is_demo = models.BooleanField(_("demo account"), default=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def has_role(self, *roles: str) -> bool:
        """True when the user is active and has one of the roles."""
        return self.is_active and self.role in roles
