"""Addresses of access to case files and of the read trail."""

from django.urls import path

from . import administration, views

app_name = "casefiles"
urlpatterns = [
    path("", administration.file_list, name="file-list"),
    path("<str:label>/<int:pk>/access", views.access_page, name="access"),
    path("<str:label>/<int:pk>/access/<slug:step>", views.access_step, name="access-step"),
    path("<str:label>/<int:pk>/access/end/<int:access_pk>", views.end, name="access-end"),
    path("<str:label>/<int:pk>/readings", views.readings, name="readings"),
    path("<str:label>/<int:pk>/owner", administration.replace_owner, name="replace-owner"),
]
