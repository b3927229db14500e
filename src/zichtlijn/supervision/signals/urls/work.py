"""Addresses of the work list, of a signal and of its steps."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import attachments, bulk, entering, signal, steps, tying, work_list

urlpatterns: list[URLPattern] = [
    path("", work_list.WorkList.as_view(), name="work-list"),
    path("bulk", bulk.bulk, name="bulk"),
    path("enter", entering.enter, name="enter"),
    path("<int:pk>/entered", entering.entered, name="entered"),
    path("<int:pk>/", signal.signal, name="signal"),
    path("attachments/<uuid:uid>", attachments.attachment, name="attachment"),
    path("attachments/<uuid:uid>/warning", attachments.warning, name="attachment-warning"),
    path("<int:pk>/told", entering.told, name="told"),
    path("<int:pk>/suggestions", tying.suggested, name="suggestions"),
    path("<int:pk>/link", tying.link, name="link"),
    path("<int:pk>/bundle", tying.bundle, name="bundle"),
    path("<int:pk>/steps/<slug:step>", steps.step, name="signal-step"),
]
