"""Addresses of the work list, of a signal and of its steps."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import entering, signal, steps, tying, work_list

urlpatterns: list[URLPattern] = [
    path("", work_list.WorkList.as_view(), name="work-list"),
    path("enter", entering.enter, name="enter"),
    path("<int:pk>/entered", entering.entered, name="entered"),
    path("<int:pk>/", signal.signal, name="signal"),
    path("<int:pk>/suggestions", tying.suggested, name="suggestions"),
    path("<int:pk>/link", tying.link, name="link"),
    path("<int:pk>/bundle", tying.bundle, name="bundle"),
    path("<int:pk>/steps/<slug:step>", steps.step, name="signal-step"),
]
