"""Who speaks for which organisation: tied and ended by the administrator, because it decides what somebody sees."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..models import Organisation, OrganisationAccount


@action("field.tie_account", permission="accounts.manage_users")
def tie_account(*, actor: Any, user: Any, organisation: Organisation) -> OrganisationAccount:
    """Let an account speak for an organisation, from today. Raises ValidationError for an account with another role,
    and when it does so already."""
    if not user.has_role(Role.ORGANISATION):
        raise ValidationError({"user": _("This account has another role.")}, code="role")
    if OrganisationAccount.objects.filter(user=user, organisation=organisation, ended_on__isnull=True).exists():
        raise ValidationError({"user": _("This account speaks for the organisation already.")}, code="double")
    tied = OrganisationAccount.objects.create(user=user, organisation=organisation, since=localdate())
    record(actor=actor, action="field.tie_account", about=organisation, after={"person": str(user)})
    return tied


@action("field.end_account", permission="accounts.manage_users")
def end_account(*, actor: Any, account: OrganisationAccount) -> OrganisationAccount:
    """Let an account speak for an organisation no longer. Raises ValidationError when that was done already."""
    if account.ended_on is not None:
        raise ValidationError(_("This account has ended already."), code="ended")
    account.ended_on = localdate()
    account.save(update_fields=["ended_on"])
    record(actor=actor, action="field.end_account", about=account.organisation, before={"person": str(account.user)})
    return account
