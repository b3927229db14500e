"""The figures of a large log, computed when it is prepared, so that its dashboard answers at once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.analysis.eventlogs.model import LogError

LARGE = 200_000
"""Events from which on the figures are worth computing beforehand; those of a smaller log take a moment."""
BEGIN, END = 0.95, 0.99
logger = logging.getLogger(__name__)


def compute_figures_ahead(folder: Path, progress: Any) -> None:
    """Of the prepared log in ``folder``. What goes wrong here will be told on the page where it is asked for."""
    from zichtlijn.analysis.eventlogs.prepared import Prepared

    from . import chain_figures

    log = Prepared(folder)
    if log.manifest.events < LARGE:
        return

    def tell(_title: str, share: float) -> None:
        progress(_("Computing the figures"), BEGIN + (END - BEGIN) * share)

    try:
        chain_figures.compute_ahead(log, tell)
    except (LogError, MemoryError, OSError):
        logger.exception("the figures could not be computed ahead")
