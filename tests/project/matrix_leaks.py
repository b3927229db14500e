"""Addresses of the product with views that leak on purpose: the matrix must find each of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.project.urls import urlpatterns as of_the_product
from zichtlijn.supervision.signals.models import Signal


@outside
def listing(_request: HttpRequest) -> HttpResponse:
    """A list that asks nothing of who reads it."""
    return HttpResponse("\n".join(Signal._base_manager.values_list("subject", flat=True)))


@outside
def counting(_request: HttpRequest) -> HttpResponse:
    """Only a number, but of all."""
    return HttpResponse(f"{Signal._base_manager.count()} signals")


@outside
def one(_request: HttpRequest, pk: int) -> HttpResponse:
    """Says by its status that there is such a thing, and nothing else."""
    return HttpResponse("yes" if Signal._base_manager.filter(pk=pk).exists() else "no")


@outside
def operation(_request: HttpRequest) -> JsonResponse:
    """References, as an API would give them."""
    return JsonResponse({"signals": [signal.reference for signal in Signal._base_manager.all()]})


@outside
def changing(request: HttpRequest, pk: int) -> HttpResponse:
    """Says nothing, but takes a form from everybody."""
    if request.method == "POST":
        Signal._base_manager.filter(pk=pk).update(place="Elders")
    return HttpResponse(status=404)


@outside
def putting(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuses forms, but takes any other method for a change."""
    if request.method not in ("GET", "HEAD", "POST"):
        Signal._base_manager.filter(pk=pk).update(place="Elders")
    return HttpResponse(status=404)


LEAKS: list[Any] = [
    path("leak/list", listing, name="leak-list"),
    path("leak/count", counting, name="leak-count"),
    path("leak/<int:pk>", one, name="leak-one"),
    path("leak/api", operation, name="leak-api"),
    path("leak/<int:pk>/change", changing, name="leak-change"),
    # Twice: of two routes that follow each other at least one is asked with another method than HEAD.
    path("leak/<int:pk>/put", putting, name="leak-put"),
    path("leak/<int:pk>/put-too", putting, name="leak-put-too"),
]
urlpatterns = [*LEAKS, *of_the_product]
