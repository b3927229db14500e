"""Addresses for who reports something without an account."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "report"
urlpatterns: list[URLPattern] = []
