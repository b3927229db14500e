"""The multi-year perspective and its goals."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .programme import YEARS, Programme
from .revised import Revised


class PerspectiveQuerySet(ScopedQuerySet["Perspective"]):
    """Staff see every perspective, readers those of which a programme has been decided."""

    def visible_to(self, user: Any) -> PerspectiveQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(pk__in=Programme.objects.visible_to(user).values("perspective"))


class Perspective(Revised):
    """What the inspectorate wants to reach in a number of years, inclusive of both."""

    title = models.CharField(_("title"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"), validators=YEARS)
    last_year = models.PositiveSmallIntegerField(_("last year"), validators=YEARS)
    description = models.TextField(_("description"), blank=True)

    objects = PerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("multi-year perspective")
        verbose_name_plural = _("multi-year perspectives")
        ordering = ["-first_year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title", "first_year"], name="one_perspective_per_title_and_year"),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")), name="perspective_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:perspective", args=[self.pk])

    def clean(self) -> None:
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": _("The last year lies before the first year.")}, code="years")


class PartOfPerspectiveQuerySet(ScopedQuerySet[Any]):
    """Goals and spearheads are seen by whoever sees their perspective."""

    def visible_to(self, user: Any) -> PartOfPerspectiveQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(perspective__in=Perspective.objects.visible_to(user))


class Goal(Revised):
    """One of the goals of a perspective; every activity of a programme serves one or more of them."""

    perspective = models.ForeignKey(
        Perspective, verbose_name=_("perspective"), on_delete=models.PROTECT, related_name="goals"
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(99)])
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    indicators = models.TextField(
        _("indicators"), blank=True, help_text=_("How one will see that the goal comes nearer; one per line.")
    )

    objects = PartOfPerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["perspective", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["perspective", "number"],
                name="one_goal_per_number",
                violation_error_message=_("This perspective already has a goal with that number."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:goal", args=[self.pk])


class Spearhead(Revised):
    """An accent over all goals of a perspective."""

    perspective = models.ForeignKey(
        Perspective, verbose_name=_("perspective"), on_delete=models.PROTECT, related_name="spearheads"
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    objects = PartOfPerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("spearhead")
        verbose_name_plural = _("spearheads")
        ordering = ["perspective", "id"]
        constraints = [models.UniqueConstraint(fields=["perspective", "title"], name="one_spearhead_per_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.perspective.get_absolute_url() + f"#spearhead-{self.pk}"
