"""On what legal basis: acts, bills, regulations and frameworks."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide

# The form of identifiers in the Basiswettenbestand of wetten.overheid.nl.
bwb_number = RegexValidator(r"^BWB[RVW]\d{7}$", _("A BWB identifier looks like BWBR0005537."))


class Act(models.Model):
    """Something that gives the inspectorate a task or power, or that organisations must keep to."""

    class Kind(models.TextChoices):
        """What sort of rule it is."""

        ACT = "act", _("act")
        REGULATION = "regulation", _("decree or regulation")
        EUROPEAN = "european", _("law of the European Union")
        FRAMEWORK = "framework", _("policy framework")

    class Status(models.TextChoices):
        """Where it stands now."""

        IN_FORCE = "in_force", _("in force")
        ADOPTED = "adopted", _("adopted, not yet in force")
        BILL = "bill", _("bill")
        PREPARATION = "preparation", _("in preparation")
        POLICY = "policy", _("policy")
        REPEALED = "repealed", _("repealed")

    name = models.CharField(
        _("name"), max_length=300, unique=True, error_messages={"unique": _("This act is in the register already.")}
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ACT)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.IN_FORCE)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    bwb_id = models.CharField(_("BWB identifier"), max_length=20, blank=True, validators=[bwb_number])
    other_spellings = models.TextField(
        _("also written as"),
        blank=True,
        help_text=_("One per line. Documents are searched for these words as well as for the names."),
    )
    description = models.TextField(_("description"), blank=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffWide.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["bwb_id"],
                condition=~Q(bwb_id=""),
                name="one_act_per_bwb_id",
                violation_error_message=_("An act with this BWB identifier is in the register already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the act."""
        return reverse("mandate:act", args=[self.pk])

    @property
    def official_url(self) -> str:
        """The text on wetten.overheid.nl, or "" when the identifier is not known."""
        return f"https://wetten.overheid.nl/{self.bwb_id}" if self.bwb_id else ""

    def clean(self) -> None:
        """Refuse a first day of force for what is no more than a bill."""
        if self.in_force_from and self.status in (self.Status.BILL, self.Status.PREPARATION):
            raise ValidationError({"in_force_from": _("A bill has no first day of force yet.")})

    def in_force_on(self, day: date) -> bool:
        """True when the act is in force on ``day``, as far as the register knows."""
        return self.status == self.Status.IN_FORCE and (self.in_force_from or date.min) <= day
