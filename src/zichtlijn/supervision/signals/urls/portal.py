"""Addresses for organisations under supervision, of own evaluations and of the reference tables."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import evaluations, portal

urlpatterns: list[URLPattern] = [
    path("portal/", portal.portal, name="portal"),
    path("portal/new", portal.new, name="notification-new"),
    path("portal/<int:pk>/", portal.notification, name="notification"),
    path("portal/<int:pk>/add", portal.add, name="notification-add"),
    path("portal/<int:pk>/steps/<slug:step>", portal.step, name="notification-step"),
    path("evaluations/<int:pk>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/steps/<slug:step>", evaluations.step, name="evaluation-step"),
]
