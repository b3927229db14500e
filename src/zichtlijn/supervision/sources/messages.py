"""What the analysis says, as messages of the screens: refusals of a file, steps of an import."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.documents.model import DocumentError

from .command.telling import STEPS


def as_validation_error(error: DocumentError) -> ValidationError:
    """The same message for a form or a job, translated when it is read."""
    return ValidationError(_(error.message), code=error.code, params=dict(error.params))


def step_words(step: str) -> Any:
    """What an import is doing, translated when it is read."""
    return _(STEPS.get(step, step))
