"""Addresses of weighings and incident files."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import weighing

urlpatterns: list[URLPattern] = [
    path("weighings/", weighing.WEIGHING_LIST, name="weighing-list"),
    path("weighings/<int:pk>/", weighing.weighing, name="weighing"),
    path("weighings/<int:pk>/steps/<slug:step>", weighing.step, name="weighing-step"),
]
