"""What asks the attention of who looks after the installation: each app says what is wrong with its own work now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trouble:
    """Something that stays wrong until somebody acts. No word of a case: numbers, names of work and days.

    ``what`` is wrong and ``remedy`` helps, both as sentences; ``link`` is the text of the way to ``url``, where it
    stands. ``stops_work``: people or work wait for it.
    """

    what: Any
    remedy: Any = ""
    url: str = ""
    link: Any = ""
    since: datetime | None = None
    stops_work: bool = True


Look = Callable[[], Iterable[Trouble]]
_looks: dict[str, Look] = {}


def register_trouble(name: str, look: Look) -> None:
    """``look()`` gives what is wrong now, and nothing when all is well; its queries do not grow with the rows."""
    _looks[name] = look


def troubles() -> list[Trouble]:
    """Everything that is wrong now: first what work waits for. A look that fails is trouble itself."""
    found = [trouble for name, look in _looks.items() for trouble in _looked(name, look)]
    return sorted(found, key=lambda trouble: not trouble.stops_work)


def _looked(name: str, look: Look) -> list[Trouble]:
    try:
        return list(look())
    except Exception:
        logger.exception("looking for trouble with %s failed", name)
        message = _("It could not be seen whether all is well with %(name)s.")
        return [Trouble(message % {"name": name}, _("The log of the server says why."))]
