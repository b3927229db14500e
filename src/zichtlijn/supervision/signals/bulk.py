"""One step with several signals at once: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .models import Signal

MOST_AT_ONCE = 200


class BulkRefusedError(ValidationError):
    """Some could not be taken; none was."""


def take_with_all(signals: Sequence[Signal], act: Callable[[Signal], Any]) -> None:
    """Call an action for each. Raises BulkRefusedError that names every one that was refused, and then changes none."""
    refused = []
    with transaction.atomic():
        for signal in sorted(signals, key=lambda each: each.pk):
            try:
                act(signal)
            except PermissionDenied:
                refused.append(f"{signal.reference}: {_('you may not do this')}")
            except ValidationError as error:
                refused.append(f"{signal.reference}: {' '.join(str(message) for message in error.messages)}")
        if refused:
            raise BulkRefusedError([_("Nothing was done, because of:"), *refused])
