"""The job that has waiting files looked at."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.tasks.registry import job

from .scanning import scan_waiting


@job("files.scan", title=_("look for viruses"))
def scan(_progress: Any) -> None:
    """One round over the files that wait."""
    scan_waiting()
