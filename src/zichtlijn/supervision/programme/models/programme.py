"""The work programme of a year, its figures, and the steps it went through."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.access import is_signed_in, is_staff_member
from zichtlijn.platform.accounts.scope import ScopedQuerySet

from .revised import Revised

YEARS = [MinValueValidator(1990), MaxValueValidator(2100)]
NOT_NEGATIVE = [MinValueValidator(0)]


class ProgrammeState(models.TextChoices):
    """Where the programme stands on its way from first list to parliament."""

    DRAFT = "draft", _("draft")
    CONSULTED = "consulted", _("consulted")
    DECIDED = "decided", _("decided")
    SENT_TO_MINISTER = "sent_to_minister", _("sent to the minister")
    SENT_TO_PARLIAMENT = "sent_to_parliament", _("sent to parliament")


DECIDED_STATES = (ProgrammeState.DECIDED, ProgrammeState.SENT_TO_MINISTER, ProgrammeState.SENT_TO_PARLIAMENT)


class ProgrammeQuerySet(ScopedQuerySet["Programme"]):
    """Staff see every programme, readers those that have been decided."""

    def visible_to(self, user: Any) -> ProgrammeQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(state__in=DECIDED_STATES) if is_signed_in(user) else self.none()


class Programme(Revised):
    """The work programme of one inspectorate for one year. Money is in euro, staff in full-time equivalents (fte).

    ``needed_…`` is what all tasks would ask; ``available_…`` is what there is; what the activities ask is summed
    over the activities (``queries.totals``).
    """

    perspective = models.ForeignKey(
        "programme.Perspective", verbose_name=_("perspective"), on_delete=models.PROTECT, related_name="programmes"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    inspectorate = models.CharField(_("inspectorate"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    state = models.CharField(
        _("stage"), max_length=20, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT, editable=False
    )
    available_fte = models.DecimalField(
        _("available staff (fte)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    needed_fte = models.DecimalField(
        _("needed staff (fte)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    available_budget = models.DecimalField(
        _("available budget (euro)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    needed_budget = models.DecimalField(
        _("needed budget (euro)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        ordering = ["-year", "inspectorate"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "inspectorate"],
                name="one_programme_per_year",
                violation_error_message=_("There already is a work programme of this inspectorate for that year."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:programme", args=[self.slug])

    @property
    def is_decided(self) -> bool:
        """True from the decision on: from then activities change by amendment only."""
        return self.state in DECIDED_STATES

    @property
    def is_draft(self) -> bool:
        """True while people may still edit freely."""
        return self.state == ProgrammeState.DRAFT


class PartOfProgrammeQuerySet(ScopedQuerySet[Any]):
    """Figures and steps are seen by whoever sees their programme."""

    def visible_to(self, user: Any) -> PartOfProgrammeQuerySet:
        if is_staff_member(user):
            return self.all()
        return self.filter(programme__in=Programme.objects.visible_to(user))


class Figure(Revised):
    """A figure that the programme states: how much of what, in which unit, in which year."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("work programme"), on_delete=models.PROTECT, related_name="figures"
    )
    subject = models.CharField(_("subject"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    note = models.TextField(_("note"), blank=True)

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["programme", "unit", "year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "subject", "unit", "year"],
                name="one_figure_per_subject",
                violation_error_message=_("The programme already has a figure for this subject, unit and year."),
            ),
            models.UniqueConstraint(
                fields=["programme", "subject", "unit"],
                condition=models.Q(year__isnull=True),
                name="one_figure_per_subject_without_year",
                violation_error_message=_("The programme already has a figure for this subject, unit and year."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("programme:figure", args=[self.pk])


class ProgrammeStep(models.Model):
    """A step that the programme took: on which day, by whom, why. Written once."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=30)
    state = models.CharField(_("stage after it"), max_length=20, choices=ProgrammeState.choices)
    on = models.DateField(_("date"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(_("person"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["programme", "id"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.get_state_display()}"
