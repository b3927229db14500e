"""What the pages of retention share: closed by permission, forms that call an action and say what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zichtlijn.platform.design.feedback import tell


def require(request: HttpRequest, permission: str, record: Any = None) -> None:
    """Raise PermissionDenied before a page is shown that the action would refuse."""
    if not request.user.has_perm(permission, record):
        raise PermissionDenied(permission)


def tabs() -> list[tuple[str, str]]:
    """The parts of retention, each with its address."""
    names = (
        ("overview", _("Term passed")),
        ("lists", _("Destruction lists")),
        ("holds", _("On hold")),
        ("rules", _("Rules")),
        ("figures", _("Figures")),
    )
    return [(name, reverse(f"retention:{view}")) for view, name in names]


def answer(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[Any], Any], template: str, **context: Any
) -> HttpResponseBase:
    """Show the form; when it was sent and is right, ``act(form)`` and go on to the address or record that it gives."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act(form))
        except ValidationError as refused:
            add_errors(form, refused)
    return show(request, template, form=form, **context)


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page; 422 when something in its form was refused."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"retention/{template}.html", context, status=status)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an action refused with the fields of the form; what has no field stands on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def refuse(request: HttpRequest, error: ValidationError, back: Any) -> HttpResponseBase:
    """Go back and say why something was not done."""
    tell(request, " ".join(str(message) for message in error.messages), "negative")
    return redirect(back)
