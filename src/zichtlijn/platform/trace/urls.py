"""Addresses of trace."""

from django.urls import path

from . import views

app_name = "trace"
urlpatterns = [path("<str:label>/<str:pk>", views.sight, name="sight")]
