"""Addresses of the work list, of a signal and of its steps."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
