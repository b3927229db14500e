"""Which organisation somebody from outside speaks for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffOnly

from .organisations import Organisation


class OrganisationAccount(models.Model):
    """That a user with the role ``organisation`` speaks for one organisation, until it ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organisation_accounts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    since = models.DateField(_("since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = StaffOnly.as_manager()

    class Meta:
        verbose_name = _("account of an organisation")
        verbose_name_plural = _("accounts of organisations")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(ended_on__isnull=True), name="one_running_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
