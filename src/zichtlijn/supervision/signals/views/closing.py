"""The page on which an administrator closes the citizen form, opens it again, and sees how its files fare."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.files.attachments import ScanState
from zichtlijn.platform.files.scanning import waiting

from .. import intake
from ..actions.scanning import remove_infected_files, rescan_files
from ..actions.sending import close_form, open_form
from ..forms.report import CloseForm
from ..models import SignalAttachment

FILE_STEPS = {"rescan": rescan_files, "remove": remove_infected_files}


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm("signals.close_form"):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest) -> HttpResponseBase:
    """Whether the form is open, and the words it shows while it is closed."""
    _require(request)
    notice = intake.notice()
    if request.method == "POST":
        form = CloseForm(request.POST)
        if form.is_valid():
            close_form(actor=request.user, **form.cleaned_data)
            tell(request, _("The form is closed. It shows these words."))
            return redirect("report:closing")
    else:
        form = CloseForm(initial={"text_nl": notice.text_nl, "text_en": notice.text_en})
    context = {"form": form, "notice": notice, **_state_of_files()}
    return render(request, "signals/report/closing.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: HttpRequest) -> HttpResponseBase:
    """Open the form again."""
    _require(request)
    open_form(actor=request.user)
    tell(request, _("The form is open again."))
    return redirect("report:closing")


@require_POST
def files(request: HttpRequest, step: str) -> HttpResponseBase:
    """Have unscanned files looked at, or take away what infected ones hold."""
    _require(request)
    if step not in FILE_STEPS:
        raise Http404
    try:
        done = FILE_STEPS[step](actor=request.user)
    except ValidationError as refused:
        tell(request, " ".join(refused.messages), "negative")
    else:
        tell(request, ngettext("Done for %(done)s file.", "Done for %(done)s files.", done) % {"done": done})
    return redirect("report:closing")


def _state_of_files() -> dict[str, Any]:
    """Is there a scanner, how long do files wait for it, and what did it find."""
    held = SignalAttachment._base_manager.filter(file__isnull=False)
    waits = waiting()
    since = date_format(localtime(waits.since), "DATETIME_FORMAT") if waits.since else ""
    words = _("%(number)s, the oldest since %(since)s") % {"number": waits.number, "since": since}
    infected = held.filter(scan_state=ScanState.INFECTED).count()
    unscanned = held.filter(scan_state=ScanState.UNSCANNED).count()
    return {
        "scanner": settings.CLAMD_ADDRESS,
        "waits": waits,
        "infected": infected,
        "unscanned": unscanned,
        "file_facts": [
            (_("Virus scanner"), settings.CLAMD_ADDRESS or _("none: files open only after a warning")),
            (_("Waiting for the scanner"), words if waits.number else "0"),
            (_("Not scanned"), str(unscanned)),
            (_("Infected, content still here"), str(infected)),
        ],
    }
