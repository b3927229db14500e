"""Addresses of the API; no slash at the end."""

from django.urls import path

from . import views

app_name = "signals-api"
urlpatterns = [
    path("meldingreeksen", views.Meldingreeksen.as_view(), name="batches"),
]
