"""What the analysis of event logs says, as messages of the screens."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import LogError


def as_validation_error(error: LogError) -> ValidationError:
    """The same message for a form or a job, translated when it is read, with the line of the file if there is one."""
    told = [ValidationError(_(error.message), code=error.code, params=_plain(error.params))]
    if error.line is not None:
        told.append(ValidationError(_("It is line or record %(line)s of the file."), params={"line": error.line}))
    return ValidationError(told)


def out_of_store(error: OSError) -> ValidationError:
    """The disk is full, or a folder cannot be written."""
    message = _("What was computed could not be kept: %(reason)s. Nothing was changed.")
    return ValidationError(message, code="store", params={"reason": error.strerror or str(error)})


def _plain(params: dict[str, object]) -> dict[str, Any] | None:
    values = {name: value if isinstance(value, int | float) else str(value) for name, value in params.items()}
    return values or None
