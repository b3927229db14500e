"""Periods in days: what holds from a first day up to and including a last day; either end may be unknown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Record = TypeVar("Record", bound=models.Model)

ONE_DAY = timedelta(days=1)


def period_on(day: date, prefix: str = "") -> Q:
    """The condition that a period holds on ``day``; ``prefix`` is the lookup path to it (``"names__"``)."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    return begun & not_over


class Dated(models.Model):
    """A fact that held in a period. No first day: since before anybody knows; no last day: until further notice."""

    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first day."),
            )
        ]

    @property
    def period(self) -> str:
        """First and last day as an event tells them, with dots for a day that is not known."""
        return f"{self.valid_from or '…'} – {self.valid_until or '…'}"

    def holds_on(self, day: date) -> bool:
        """True when the fact holds on ``day``; first and last day count."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def overlaps(self, other: Dated) -> bool:
        """True when there is a day on which both facts hold."""
        begins, ends = self.valid_from or date.min, self.valid_until or date.max
        return begins <= (other.valid_until or date.max) and (other.valid_from or date.min) <= ends

    def refuse_overlap(self, others: Any, message: Any) -> None:
        """Raise ValidationError with ``message`` (``%(other)s`` in it) when one of ``others`` overlaps with this."""
        for other in others:
            if other.pk != self.pk and self.overlaps(other):
                raise ValidationError(message, code="overlap", params={"other": other})
