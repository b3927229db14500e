"""What every form page of the intake does: show, call the action, say what was wrong, go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from zichtlijn.platform.design.feedback import tell


@dataclass(frozen=True)
class FormPage:
    """The words of a form page, and where its cancel button leads."""

    title: Any
    submit: Any
    back: str
    lead: Any = ""
    done: Any = ""
    look: str = "primary"
    template: str = "signals/work/form.html"


def require(request: HttpRequest, permission: str, record: Any = None) -> None:
    """Raise PermissionDenied before a form is shown that the action would refuse."""
    if not request.user.has_perm(permission, record):
        raise PermissionDenied(permission)


def answer(
    request: HttpRequest, *, form: forms.BaseForm, act: Callable[[Any], Any], page: FormPage, **context: Any
) -> HttpResponseBase:
    """Show the form; when it was sent and is right, ``act(form)`` and go on to what it gives (record or address)."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form)
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            if page.done:
                tell(request, page.done)
            return redirect(result or page.back)
    return show(request, form, page, **context)


def show(request: HttpRequest, form: forms.BaseForm, page: FormPage, **context: Any) -> HttpResponse:
    """The page with its form; 422 when something in it was refused."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page.template, {"form": form, "page": page, **context}, status=status)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an action refused with the fields of the form; what has no field stands on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def refuse(request: HttpRequest, error: ValidationError, back: Any) -> HttpResponseBase:
    """Go back and say why a step was not taken."""
    tell(request, " ".join(str(message) for message in error.messages), tone="negative")
    return redirect(back)
