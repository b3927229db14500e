"""Addresses of tasks."""

from django.urls import path

from . import views

app_name = "tasks"
urlpatterns = [
    path("", views.job_list, name="jobs"),
    path("<int:pk>/", views.job_page, name="job"),
    path("<int:pk>/status", views.job_status, name="job_status"),
    path("<int:pk>/restart", views.restart, name="restart"),
]
