"""Having waiting files looked at: at once as a job, and every minute for those that the scanner did not get to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.tasks.recurring import recurring
from zichtlijn.platform.tasks.registry import job

from .scanning import scan_waiting


@job("files.scan", title=_("look for viruses"))
def scan(_progress: Any) -> None:
    """One round over the files that wait."""
    scan_waiting()


@recurring("files.scan", every=timedelta(minutes=1), title=_("look for viruses"))
def scan_again() -> None:
    """A round over the files that still wait, for when the scanner was gone."""
    scan_waiting()
