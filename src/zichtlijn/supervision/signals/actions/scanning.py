"""What an administrator does about files from outside: have them looked at again, take infected bytes away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record
from zichtlijn.platform.files.attachments import ScanState
from zichtlijn.platform.files.scanning import remove_infected, rescan, scan_on_commit

from ..models import SignalAttachment

PERMISSION = "signals.close_form"
AT_ONCE = 500


@action("signals.rescan_files", permission=PERMISSION)
def rescan_files(*, actor: Any) -> int:
    """Put the oldest files that nobody looked at in the row; how many. Raises ValidationError without a scanner."""
    if not settings.CLAMD_ADDRESS:
        raise ValidationError(_("There is no virus scanner: set CLAMD_ADDRESS first."), code="no-scanner")
    found = list(SignalAttachment._base_manager.filter(scan_state=ScanState.UNSCANNED, file__isnull=False)[:AT_ONCE])
    for attachment in found:
        rescan(attachment)
        record(actor=actor, action="signals.rescan_files", about=attachment, after={"scan_state": ScanState.WAITING})
    scan_on_commit()
    return len(found)


@action("signals.remove_infected_files", permission=PERMISSION)
def remove_infected_files(*, actor: Any) -> int:
    """Take the content of infected files away; how many. Name and finding stay with what came in."""
    found = list(SignalAttachment._base_manager.filter(scan_state=ScanState.INFECTED, file__isnull=False)[:AT_ONCE])
    for attachment in found:
        before = {"file": attachment.file_id}
        remove_infected(attachment)
        record(
            actor=actor,
            action="signals.remove_infected_files",
            about=attachment,
            before=before,
            after={"file": None},
        )
    return len(found)
