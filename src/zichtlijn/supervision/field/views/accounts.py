"""The pages with which an administrator says who speaks for which organisation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.platform.design.paging import open_page

from .. import actions
from ..forms.accounts import AccountForm
from ..models import OrganisationAccount

PER_PAGE = 50
for_administrators = permission_required("accounts.manage_users", raise_exception=True)


@require_GET
@for_administrators
def account_list(request: HttpRequest) -> HttpResponse:
    """Who speaks for which organisation now."""
    running = OrganisationAccount.objects.filter(ended_on__isnull=True).select_related("user", "organisation")
    page = open_page(running.order_by("organisation__name", "pk"), request.GET.get("page"), PER_PAGE)
    return render(request, "field/account_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_administrators
def tie_account(request: HttpRequest) -> HttpResponse:
    """Let an account speak for an organisation."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.tie_account(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account speaks for the organisation."))
            return redirect("field:account-list")
    return render(request, "field/account_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_administrators
def end_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an account speak for an organisation no longer."""
    account = get_object_or_404(OrganisationAccount.objects.select_related("user", "organisation"), pk=pk)
    try:
        actions.end_account(actor=request.user, account=account)
        messages.success(request, _("The account no longer speaks for the organisation."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("field:account-list")
