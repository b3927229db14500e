"""Where accepted proposals go: the perspective and the draft programme of the year of their document."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zichtlijn.supervision.field.recognition import plain

from . import actions
from .models import Perspective, Programme


def perspective_for(*, actor: Any, document: Any) -> Perspective:
    """The perspective that the year of the document lies in, made for that one year when there is none.

    Raises ValidationError when the document has no year.
    """
    year = _year_of(document)
    found = Perspective.objects.filter(first_year__lte=year, last_year__gte=year).order_by("first_year").first()
    return found or actions.create_perspective(
        actor=actor,
        values={
            "title": _("Perspective of %(year)s") % {"year": year},
            "first_year": year,
            "last_year": year,
            "description": _("Made when proposals from “%(title)s” were accepted. Give it its own title and years.")
            % {"title": document.title},
            "is_demo": document.is_demo,
        },
    )


def programme_of(document: Any) -> Programme | None:
    """The programme of the year and the publisher of the document, or None; nothing is made."""
    of_year = list(Programme.objects.filter(year=document.year)) if document.year else []
    named = [item for item in of_year if plain(item.inspectorate) == plain(document.publisher)]
    return next(iter(named), None) or (of_year[0] if len(of_year) == 1 and not document.publisher else None)


def programme_for(*, actor: Any, document: Any) -> Programme:
    """The programme of the document, made as a draft when there is none. Raises ValidationError without a year."""
    found = programme_of(document)
    if found is not None:
        return found
    perspective = perspective_for(actor=actor, document=document)
    year = _year_of(document)
    values = {
        "year": year,
        "title": document.title[:200],
        "inspectorate": document.publisher,
        "is_demo": document.is_demo,
    }
    return actions.create_programme(actor=actor, perspective=perspective, values=values)


def _year_of(document: Any) -> int:
    if not document.year:
        raise ValidationError(_("Say first which year the document is about."), code="no-year")
    return int(document.year)
