"""The answer to someone who tried too many passwords."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """429 with how long to wait."""
    return render(request, "accounts/locked_out.html", status=429)
