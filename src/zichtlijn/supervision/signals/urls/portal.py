"""Addresses for organisations under supervision, of own evaluations and of the reference tables."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import evaluations, portal, reference

urlpatterns: list[URLPattern] = [
    path("portal/", portal.portal, name="portal"),
    path("portal/new", portal.new, name="notification-new"),
    path("portal/<int:pk>/", portal.notification, name="notification"),
    path("portal/<int:pk>/add", portal.add, name="notification-add"),
    path("portal/<int:pk>/steps/<slug:step>", portal.step, name="notification-step"),
    path("portal/<int:pk>/files/<uuid:uid>/remove", portal.remove_file, name="notification-remove-file"),
    path("evaluations/<int:pk>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/steps/<slug:step>", evaluations.step, name="evaluation-step"),
    path("reference/", reference.reference, name="reference"),
    path("reference/categories/new", reference.add_category, name="category-new"),
    path("reference/categories/<int:pk>/change", reference.change_category, name="category-change"),
    path("reference/texts/new", reference.add_text, name="text-new"),
    path("reference/texts/<int:pk>/change", reference.change_text, name="text-change"),
    path("reference/days/new", reference.add_equal_day, name="equal-day-new"),
    path("reference/days/<int:pk>/remove", reference.remove_equal_day, name="equal-day-remove"),
]
