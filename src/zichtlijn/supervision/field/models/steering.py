"""The steering triangle: who owns and who commissions an organisation, and when."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide

from ..periods import Dated
from .organisations import Organisation


class SteeringRole(Dated):
    """``holder`` is owner or commissioner of ``contractor`` in a period.

    An organisation has one owner at a time (continuity) and may have several commissioners (each orders its own task).
    """

    class Role(models.TextChoices):
        """The two other corners of the triangle."""

        OWNER = "owner", _("owner")
        COMMISSIONER = "commissioner", _("commissioner")

    contractor = models.ForeignKey(
        Organisation, verbose_name=_("contractor"), on_delete=models.PROTECT, related_name="steered_by"
    )
    holder = models.ForeignKey(
        Organisation, verbose_name=_("who"), on_delete=models.PROTECT, related_name="steering_roles"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    known_on = models.DateField(
        _("known to be so on"),
        null=True,
        blank=True,
        help_text=_("A day on which a source says so, when the first day is not known."),
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffWide.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("steering role")
        verbose_name_plural = _("steering roles")
        ordering = ["contractor", "-role", F("valid_from").asc(nulls_first=True)]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(contractor=F("holder")),
                name="nobody_steers_itself",
                violation_error_message=_("An organisation does not steer itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} – {self.get_role_display()} – {self.contractor}"

    def clean(self) -> None:
        """Refuse a second owner in the same period, and the same commissioner twice."""
        others: Any = SteeringRole.objects.filter(contractor=self.contractor_id, role=self.role).select_related(
            "holder"
        )
        if self.role == self.Role.COMMISSIONER:
            others = others.filter(holder=self.holder_id)
        for other in others:
            if other.pk != self.pk and self.overlaps(other):
                message = _("In (part of) this period %(holder)s already has this role.")
                raise ValidationError(message, code="overlap", params={"holder": other.holder})
