"""What can be wrong with looking for viruses: nobody who does, or files that wait too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.notices.troubles import Trouble, register_trouble

from .clamd import answers
from .scanning import waiting

LONG = timedelta(hours=1)


def trouble_with_scanning() -> Iterator[Trouble]:
    """A scanner that is set but does not answer, and files that wait without one or longer than they should."""
    files = waiting()
    waits = ngettext("%(count)s file waits for it.", "%(count)s files wait for it.", files.number)
    waits = waits % {"count": files.number} if files.number else _("No file waits for it yet.")
    if settings.CLAMD_ADDRESS and not answers(settings.CLAMD_ADDRESS):
        remedy = _("Start it, or look at CLAMD_ADDRESS. Files that wait cannot be opened.")
        yield Trouble(_("The virus scanner does not answer.") + f" {waits}", remedy, since=files.since)
    elif files.number and not settings.CLAMD_ADDRESS:
        remedy = _("Set CLAMD_ADDRESS again: these files cannot be opened before they were looked at.")
        yield Trouble(_("The virus scanner is no longer set.") + f" {waits}", remedy, since=files.since)
    elif files.since is not None and files.since < timezone.now() - LONG:
        remedy = _("It answers, so see whether “look for viruses” still runs by itself.")
        yield Trouble(_("Files wait long for the virus scanner.") + f" {waits}", remedy, since=files.since)


register_trouble("scanning", trouble_with_scanning)
