"""Dated tables: streams and categories of notifications, standard texts, the norms for own evaluations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.scope import StaffWide
from zichtlijn.platform.certainty import UNCERTAIN, Certainty
from zichtlijn.supervision.field.periods import Dated, period_on


class DayCount(models.TextChoices):
    """How a term is counted."""

    HOURS = "hours", _("hours")
    WORKING_DAYS = "working_days", _("working days")
    DAYS = "days", _("calendar days")
    WEEKS = "weeks", _("weeks")


class DatedQuerySet(StaffWide[Any]):
    """Rows of a dated table."""

    def holding(self, day: date) -> DatedQuerySet:
        """Those that hold on ``day``."""
        return self.filter(period_on(day))


class CategoryQuerySet(DatedQuerySet):
    """What must be notified is for everybody who has an account, organisations included."""

    def visible_to(self, user: Any) -> CategoryQuerySet:
        return self.all() if user.is_authenticated and user.is_active else self.none()


class NotificationCategory(Dated):
    """What is notified in which stream, and how fast. A changed term is a new row with a new first day."""

    code = models.SlugField(max_length=60)
    stream = models.SlugField(_("stream"), max_length=40)  # youth, detention, forensic, migration, other
    name_nl = models.CharField(_("name (Dutch)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=2)  # 1 = most urgent
    phone_first = models.BooleanField(_("by telephone first"), default=False)
    term_amount = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    term_unit = models.CharField(_("unit of the term"), max_length=12, choices=DayCount.choices, blank=True)
    closing_amount = models.PositiveSmallIntegerField(_("term of the closing report"), null=True, blank=True)
    closing_unit = models.CharField(max_length=12, choices=DayCount.choices, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices)

    objects = CategoryQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("category of notifications")
        verbose_name_plural = _("categories of notifications")
        ordering = ["stream", "urgency", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_category_per_day"),
        ]

    def __str__(self) -> str:
        return self.name_nl if get_language() == "nl" else self.name_en

    @property
    def must_be_checked(self) -> bool:
        """True when nobody has read the source itself."""
        return self.certainty in UNCERTAIN


class EqualDay(models.Model):
    """A day that a royal decree puts on a par with the public holidays (Algemene termijnenwet, article 3)."""

    day = models.DateField(_("day"), unique=True)
    source = models.CharField(_("source"), max_length=300)

    objects = StaffWide.as_manager()

    class Meta:
        verbose_name = _("day on a par with a public holiday")
        verbose_name_plural = _("days on a par with a public holiday")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class StandardText(Dated):
    """An answer to a sender, with ``{{ reference }}`` and ``{{ organisation }}`` filled in on preview."""

    code = models.SlugField(max_length=60)
    language = models.CharField(max_length=2)
    title = models.CharField(_("title"), max_length=150)
    body = models.TextField(_("text"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ["code", "language"]

    def __str__(self) -> str:
        return self.title


class IntakeNotice(models.Model):
    """One row: is the citizen form open, and what does it say when it is not."""

    is_closed = models.BooleanField(_("the form is closed"), default=False)
    text_nl = models.TextField(_("text (Dutch)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = StaffWide.as_manager()

    class Meta:
        verbose_name = _("notice on the form")

    def __str__(self) -> str:
        return str(_("notice on the form"))
