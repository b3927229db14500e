"""Files that came in: a download when they are clean, a warning before one that nobody looked at, never a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.models import ReadingKind
from zichtlijn.platform.casefiles.opening import note_readings
from zichtlijn.platform.files.attachments import ScanState
from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.storing import FileIsGoneError

from ..models import SignalAttachment


def visible_attachment(request: HttpRequest, uid: UUID) -> SignalAttachment:
    """The file, or 404 when the user may not see it."""
    visible = SignalAttachment.objects.visible_to(request.user).select_related("file", "signal", "evaluation")
    found: SignalAttachment = get_object_or_404(visible, uid=uid)
    return found


@outside
@require_safe
def attachment(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file when no virus was found in it; else the page that says why not."""
    found = visible_attachment(request, uid)
    if found.scan_state != ScanState.CLEAN:
        return redirect("signals:attachment-warning", uid=uid)
    note_readings(request.user, [found], kind=ReadingKind.FILE)
    return offer(request, found, "signals/report/attachment_warning.html")


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def warning(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """What is known of the file. Who wants an unscanned one after all gets it as a download."""
    found = visible_attachment(request, uid)
    opens = request.method == "POST" and found.can_be_opened
    note_readings(request.user, [found], kind=ReadingKind.FILE if opens else ReadingKind.PAGE)
    return offer(request, found, "signals/report/attachment_warning.html", warned=True)


def offer(
    request: HttpRequest, found: SignalAttachment, warning_template: str, *, warned: bool = False
) -> HttpResponseBase:
    """The bytes of a clean file, those of an unscanned one after a warning, of all others only what is known.

    The caller has checked that whoever asks may see it. ``warned``: the page with the warning is asked for by name.
    """
    gone, may_open = found.file is None, found.can_be_opened
    if found.file and may_open and (request.method == "POST" or (found.scan_state == ScanState.CLEAN and not warned)):
        try:
            return download_response(found.file, found.name, found.media_type)
        except FileIsGoneError:
            gone = True
    context = {
        "attachment": found,
        "gone": gone,
        "may_open": may_open and not gone,
        "facts": _facts(found),
        "back_url": _back_to(request, found),
    }
    return render(request, warning_template, context)


def _facts(found: SignalAttachment) -> list[tuple[Any, Any]]:
    """What is known of a file."""
    facts: list[tuple[Any, Any]] = [
        (_("Kind of file"), found.name.rpartition(".")[2].upper()),
        (_("Size"), filesizeformat(found.size)),
        (_("Came in at"), date_format(localtime(found.added_at), "DATETIME_FORMAT")),
        (_("Virus scan"), found.get_scan_state_display()),
    ]
    if found.scan_finding:
        facts.append((_("What the scanner said"), found.scan_finding))
    if found.stripped:
        facts.append((_("Picture"), _("drawn anew, without place, time and device")))
    return facts


def _back_to(request: HttpRequest, found: SignalAttachment) -> str:
    if found.evaluation is not None:
        return found.evaluation.get_absolute_url()
    if request.user.is_authenticated and request.user.has_role(Role.ORGANISATION):
        return reverse("signals:notification", args=[found.signal_id])
    return found.signal.get_absolute_url()
