"""The page on which an administrator closes the citizen form, and opens it again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell

from .. import intake
from ..actions.sending import close_form, open_form
from ..forms.report import CloseForm


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
    context = {"form": form, "notice": notice}
    return render(request, "signals/report/closing.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: HttpRequest) -> HttpResponseBase:
    """Open the form again."""
    _require(request)
    open_form(actor=request.user)
    tell(request, _("The form is open again."))
    return redirect("report:closing")
