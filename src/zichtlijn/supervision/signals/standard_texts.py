"""Standard texts for answers: which there are for a signal, and filling in what they leave open."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from zichtlijn.supervision.field.periods import period_on

from .models import Signal, StandardText

BLANK = re.compile(r"\{\{\s*(\w*)\s*\}\}")


def filled(text: str, signal: Signal) -> str:
    """The text with the reference and the organisation of a signal. Raises ValidationError for another blank."""
    values = {"reference": signal.reference, "organisation": organisation_in_words(signal)}
    unknown = sorted({name for name in BLANK.findall(text) if name not in values})
    if unknown:
        message = _("This cannot be filled in: %(names)s.")
        raise ValidationError(message, code="blank", params={"names": ", ".join(unknown)})
    return BLANK.sub(lambda blank: values[blank.group(1)], text)


def organisation_in_words(signal: Signal) -> str:
    """About whom it is, as the sender knows it."""
    return signal.organisation_as_told or (str(signal.organisation) if signal.organisation_id else "") or "–"


def texts_for(signal: Signal, user: Any) -> QuerySet[StandardText]:
    """The standard texts that hold today, in the language of the sender."""
    held = StandardText.objects.visible_to(user).filter(period_on(localdate()))
    return held.filter(language=signal.language).order_by("title", "pk")
