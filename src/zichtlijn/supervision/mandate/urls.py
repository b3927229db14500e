"""Addresses of mandate."""

from django.urls import URLPattern

app_name = "mandate"
urlpatterns: list[URLPattern] = []
