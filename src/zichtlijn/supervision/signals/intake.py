"""What holds for everything that people send in themselves: is the form open, and what becomes of the words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import IntakeNotice

SUBJECT_LENGTH = 120
ONLY_NOTICE = 1


class FormClosedError(ValidationError):
    """Nothing can be sent in now."""


def notice() -> IntakeNotice:
    """Whether the form is open; open when nobody ever said otherwise."""
    return IntakeNotice._base_manager.filter(pk=ONLY_NOTICE).first() or IntakeNotice(pk=ONLY_NOTICE)


def require_open_form() -> None:
    """Raises FormClosedError while an administrator has closed the form."""
    if notice().is_closed:
        raise FormClosedError(_("You cannot report anything at the moment."), code="form-closed")


def subject_of(text: str, about: str = "") -> str:
    """A line for lists: whom it concerns, and how the text begins."""
    begin = " ".join(text.split())
    line = f"{about.strip()}: {begin}" if about.strip() else begin
    if len(line) <= SUBJECT_LENGTH:
        return line
    return line[:SUBJECT_LENGTH].rsplit(" ", 1)[0] + " …"
