"""Addresses of tokens, of the description of the API, and of nothing at all."""

from django.urls import path

from .operations import nothing_here

app_name = "api"
urlpatterns = [
    path("v1/<path:rest>", nothing_here, name="nothing"),
]
