"""Chains and networks: who takes part, and who hands over what to whom."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide

from .organisations import Organisation
from .places import Domain, Named


class Chain(Named):
    """Organisations that hand cases over to each other (chain) or work together (network) on one societal task."""

    class Kind(models.TextChoices):
        """Whether there is an order in it."""

        CHAIN = "chain", _("chain")
        NETWORK = "network", _("network")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CHAIN)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    societal_task = models.TextField(
        _("societal task"), blank=True, help_text=_("What the organisations together must bring about for people.")
    )
    description = models.TextField(_("description"), blank=True)
    domains = models.ManyToManyField(Domain, verbose_name=_("domains"), blank=True, related_name="chains")
    other_spellings = models.TextField(
        _("also written as"),
        blank=True,
        help_text=_("One per line. Documents are searched for these words as well as for the names."),
    )
    organisations: models.ManyToManyField[Organisation, ChainMember] = models.ManyToManyField(
        Organisation, through="ChainMember", related_name="chains"
    )

    class Meta(Named.Meta):
        verbose_name = _("chain")
        verbose_name_plural = _("chains")

    def get_absolute_url(self) -> str:
        """The page of the chain."""
        return reverse("field:chain", args=[self.pk])


class ChainMember(models.Model):
    """An organisation in a chain, at a place (``order`` counts from 1) and with a part in the task."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    order = models.PositiveIntegerField(_("place"))
    part = models.CharField(
        _("part in the chain"), max_length=300, blank=True, help_text=_("What this organisation does in the chain.")
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffWide.as_manager()

    class Meta:
        verbose_name = _("chain member")
        verbose_name_plural = _("chain members")
        ordering = ["chain", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "organisation"],
                name="member_once",
                violation_error_message=_("This organisation is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.chain}"


class HandOver(models.Model):
    """``giver`` hands ``what`` (cases or information) over to ``receiver``; both are members of the chain."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="hand_overs")
    order = models.PositiveIntegerField(_("place"))
    giver = models.ForeignKey(
        Organisation, verbose_name=_("giver"), on_delete=models.PROTECT, related_name="hand_overs_given"
    )
    receiver = models.ForeignKey(
        Organisation, verbose_name=_("receiver"), on_delete=models.PROTECT, related_name="hand_overs_received"
    )
    what = models.CharField(_("what is handed over"), max_length=200)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffWide.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["chain", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")),
                name="hand_over_between_two",
                violation_error_message=_("A hand-over goes from one organisation to another."),
            ),
            models.UniqueConstraint(
                fields=["chain", "giver", "receiver", "what"],
                name="hand_over_once",
                violation_error_message=_("This hand-over is in the chain already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}: {self.what}"

    def clean(self) -> None:
        """Refuse giver or receiver from outside the chain."""
        members = set(ChainMember.objects.filter(chain=self.chain_id).values_list("organisation", flat=True))
        for end in ("giver", "receiver"):
            if getattr(self, f"{end}_id") not in members:
                raise ValidationError({end: _("This organisation is not a member of the chain.")})
