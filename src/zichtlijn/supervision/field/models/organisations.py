"""Organisations, and the names they have had."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_signed_in
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from ..periods import Dated
from .identifiers import tooi_identifier
from .places import Domain, Region


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    """Everybody of the inspectorate sees the organisations, without those that were merged into another one."""

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """What lists, choices and search start from."""
        return self.standing() if is_signed_in(user) else self.none()

    def standing(self) -> OrganisationQuerySet:
        """Without the records that turned out to be the same organisation as another record."""
        return self.filter(merged_into__isnull=True)


class Organisation(models.Model):
    """Who is supervised, who steers, who works along. ``name`` and ``abbreviation`` are those of today.

    They are kept in step with ``names`` by the actions, so that lists can sort and search on them.
    """

    class Kind(models.TextChoices):
        """What sort of organisation it is; what it is to another one is a steering role."""

        ORGANISATION = "organisation", _("implementing organisation")
        AGENCY = "agency", _("agency of a ministry")
        ZBO = "zbo", _("independent administrative body")
        POLICE = "police", _("police")
        JUDICIARY = "judiciary", _("judiciary")
        INSTITUTION = "institution", _("institution")
        FOUNDATION = "foundation", _("foundation or association")
        COMPANY = "company", _("company")
        MINISTRY = "ministry", _("ministry")
        OFFICE = "office", _("part of a ministry")
        MUNICIPALITY = "municipality", _("municipality")
        PUBLIC_BODY = "public_body", _("public body")
        SAFETY_REGION = "safety_region", _("safety region")
        INSPECTORATE = "inspectorate", _("inspectorate")
        SUPERVISOR = "supervisor", _("other supervisor")
        RESEARCH = "research", _("research or audit")
        NETWORK = "network", _("partnership")
        GROUP = "group", _("group of similar organisations")
        OTHER = "other", _("other organisation")

    name = models.CharField(_("name"), max_length=200)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.ORGANISATION)
    tooi_id = models.CharField(_("TOOI identifier"), max_length=200, blank=True, validators=[tooi_identifier])
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    domains = models.ManyToManyField(Domain, verbose_name=_("domains"), blank=True, related_name="organisations")
    part_of = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    is_supervised = models.BooleanField(_("under our supervision"), default=True)
    other_spellings = models.TextField(
        _("also written as"),
        blank=True,
        help_text=_("One per line. Documents are searched for these words as well as for the names."),
    )
    description = models.TextField(_("description"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(merged_into__isnull=True),
                name="one_organisation_per_name",
                violation_error_message=_("An organisation with this name is in the register already."),
            ),
            models.UniqueConstraint(
                fields=["tooi_id"],
                condition=Q(merged_into__isnull=True) & ~Q(tooi_id=""),
                name="one_organisation_per_tooi_id",
                violation_error_message=_("An organisation with this TOOI identifier is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an organisation that would be part of itself, directly or through others."""
        above, seen = self.part_of, set()
        while above is not None and above.pk not in seen:
            if self.pk and above.pk == self.pk:
                raise ValidationError({"part_of": _("An organisation cannot be a part of itself.")})
            seen.add(above.pk)
            above = above.part_of

    @property
    def short_name(self) -> str:
        """The abbreviation where there is one, for drawings and narrow columns."""
        return self.abbreviation or self.name

    def get_absolute_url(self) -> str:
        """The page of the organisation."""
        return reverse("field:organisation", args=[self.pk])


class OrganisationName(Dated):
    """A name (and abbreviation) that an organisation bore in a period. On one day it bears one name."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["organisation", models.F("valid_from").asc(nulls_first=True)]

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    def clean(self) -> None:
        """Refuse a period that overlaps with another name, and one that has yet to begin.

        ``Organisation.name`` is the name of today; a name of tomorrow would silently stay behind.
        """
        if self.valid_from and self.valid_from > localdate():
            raise ValidationError({"valid_from": _("A new name can be entered from the day on which it holds.")})
        others = OrganisationName.objects.filter(organisation=self.organisation_id)
        self.refuse_overlap(others, _("In (part of) this period the organisation is already called %(other)s."))
