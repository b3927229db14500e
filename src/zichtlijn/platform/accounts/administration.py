"""The pages with which an administrator looks after accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from . import actions, second_factor
from .forms import NewUserForm, ReasonForm, RoleForm
from .models import User

for_administrators = permission_required("accounts.manage_users", raise_exception=True)


@for_administrators
def user_list(request: HttpRequest) -> HttpResponse:
    """Everybody, the active first."""
    return render(request, "accounts/user_list.html", {"users": User.objects.order_by("-is_active", "username")})


@for_administrators
def user_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and what can be done with it."""
    user = get_object_or_404(User, pk=pk)
    return render(request, "accounts/user.html", {"account": user, "second": second_factor.has_second_factor(user)})


@for_administrators
@require_http_methods(["GET", "POST"])
def add_user(request: HttpRequest) -> HttpResponse:
    """A new account."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        user = actions.add_user(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The account of %(name)s is made.") % {"name": user})
        return redirect("accounts:user", pk=user.pk)
    return _show(request, form, _("New account"))


def _step(
    act: Callable[..., User], form_class: type[forms.Form], title: Callable[[], str], done: Callable[[], str]
) -> Callable[..., HttpResponse]:
    """A page that asks what an action needs, and carries it out."""

    @for_administrators
    @require_http_methods(["GET", "POST"])
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        form = form_class(request.POST or None, initial={"role": user.role})
        if form.is_valid():
            try:
                act(actor=request.user, user=user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, done())
                return redirect("accounts:user", pk=pk)
        return _show(request, form, title(), user)

    return page


def _show(request: HttpRequest, form: Any, title: str, account: User | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "account": account}
    return render(request, "accounts/form.html", context, status=400 if form.errors else 200)


change_role = _step(actions.change_role, RoleForm, lambda: _("Change role"), lambda: _("The role is changed."))
switch_off = _step(actions.switch_off, ReasonForm, lambda: _("Switch off"), lambda: _("The account is switched off."))
switch_on = _step(actions.switch_on, ReasonForm, lambda: _("Switch on"), lambda: _("The account is switched on."))
reset_second_factor = _step(
    actions.reset_second_factor,
    ReasonForm,
    lambda: _("Reset second factor"),
    lambda: _("The second factor is taken away; the user can set up a new one."),
)
