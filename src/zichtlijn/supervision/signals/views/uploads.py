"""Files that people with an account send along: bounded before they are read, kept before the action begins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from zichtlijn.platform.files.guarding import SizeGuard, announces_more_than, drain

from .. import intake

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def takes_files(view: View) -> View:
    """A request that is far too large is refused before it is read, also by the check of csrf."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            if announces_more_than(request, intake.MOST_OF_REQUEST):
                drain(request)
                return render(request, "signals/portal/too_large.html", status=413)
            request.upload_handlers.insert(0, SizeGuard(request, most=intake.MOST_OF_REQUEST))
        return checked(request, *args, **kwargs)

    return guarded


def sent_with(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files of a form that was sent; None twice when it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def files_of(form: forms.BaseForm) -> list[intake.Prepared]:
    """The files of a form, kept in the store. Raises ValidationError for the field, also when they cannot be kept."""
    try:
        return intake.prepare(form.cleaned_data["files"])
    except ValidationError as refused:
        raise ValidationError({"files": refused.error_list}) from refused
    except OSError as error:
        logger.error("a file of an organisation could not be kept: %s", error)
        message = _("We cannot keep files now. Send your text without them, or try again later.")
        raise ValidationError({"files": message}, code="not-kept") from error
