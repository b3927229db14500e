"""What organisations are grouped by: domains and regions; and the groups of people that supervision is about."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide

from .identifiers import tooi_identifier


class Named(models.Model):
    """A record with a name of its own, shown to everybody who can sign in."""

    name = models.CharField(
        _("name"), max_length=200, unique=True, error_messages={"unique": _("This name is in the register already.")}
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = StaffWide.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Domain(Named):
    """A part of the field, such as migration or police."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True)

    class Meta(Named.Meta):
        verbose_name = _("domain")
        verbose_name_plural = _("domains")

    def get_absolute_url(self) -> str:
        """The page of the domain."""
        return reverse("field:domain", args=[self.slug])


class Region(Named):
    """An area in which an organisation works; ``tooi_id`` where the government has an identifier for it."""

    class Kind(models.TextChoices):
        """The divisions of the country that the field works in."""

        SAFETY_REGION = "safety_region", _("safety region")
        POLICE_UNIT = "police_unit", _("police unit")
        COURT_DISTRICT = "court_district", _("court district")
        YOUTH_REGION = "youth_region", _("youth care region")
        PROVINCE = "province", _("province")
        MUNICIPALITY = "municipality", _("municipality")
        CARIBBEAN = "caribbean", _("Caribbean Netherlands")
        OTHER = "other", _("other region")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.OTHER)
    tooi_id = models.CharField(_("TOOI identifier"), max_length=200, blank=True, validators=[tooi_identifier])

    class Meta(Named.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def get_absolute_url(self) -> str:
        """The page of the region."""
        return reverse("field:region", args=[self.pk])


class CitizenGroup(Named):
    """People whom the work of the organisations touches, such as detainees or victims."""

    is_vulnerable = models.BooleanField(_("in a vulnerable position"), default=False)
    description = models.TextField(_("description"), blank=True)
    other_spellings = models.TextField(
        _("also written as"),
        blank=True,
        help_text=_("One per line. Documents are searched for these words as well as for the names."),
    )

    class Meta(Named.Meta):
        verbose_name = _("citizen group")
        verbose_name_plural = _("citizen groups")

    def get_absolute_url(self) -> str:
        """The page of the group."""
        return reverse("field:group", args=[self.pk])
