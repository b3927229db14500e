"""Choosing a theme, the accessibility statement and the component gallery."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from zichtlijn.platform.accounts.middleware import public

from . import gallery as samples
from .access import may_see_gallery
from .theming import keep_theme


@public
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back to the page the user came from."""
    response = HttpResponseRedirect(_way_back(request))
    keep_theme(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is known about the accessibility of this installation."""
    return render(request, "design/accessibility.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with real markup, for designers, developers and the accessibility test."""
    if not may_see_gallery(request.user):
        raise PermissionDenied
    return render(request, "design/gallery.html", samples.context(request))


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
