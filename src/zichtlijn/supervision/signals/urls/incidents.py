"""Addresses of weighings and incident files."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import evidence, incident_steps, incidents, weighing

urlpatterns: list[URLPattern] = [
    path("weighings/", weighing.WeighingList.as_view(), name="weighing-list"),
    path("weighings/<int:pk>/", weighing.weighing, name="weighing"),
    path("weighings/<int:pk>/steps/<slug:step>", weighing.step, name="weighing-step"),
    path("weighings/<int:pk>/evidence", evidence.link, name="weighing-evidence"),
    path("weighings/<int:pk>/evidence/<int:evidence_pk>/remove", evidence.unlink, name="weighing-evidence-remove"),
    path("incidents/", incidents.incident_list, name="incident-list"),
    path("incidents/new", incidents.open_new, name="incident-open"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/steps/<slug:step>", incident_steps.step, name="incident-step"),
    path("incidents/<int:pk>/log", incidents.log, name="incident-log"),
    path("incidents/<int:pk>/reports/<int:number>", incidents.report, name="incident-report"),
]
