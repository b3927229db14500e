"""Addresses for who reports something without an account, and the page with which an administrator closes the form."""

from __future__ import annotations

from django.urls import path

from .views import closing, report

app_name = "report"
urlpatterns = [
    path("", report.start, name="start"),
    path("new", report.form, name="form"),
    path("sent", report.sent, name="sent"),
    path("code", report.code, name="code"),
    path("conversation", report.conversation, name="conversation"),
    path("conversation/answer", report.answer, name="answer"),
    path("conversation/add", report.add, name="add"),
    path("conversation/attachments/<uuid:uid>", report.attachment, name="attachment"),
    path("conversation/leave", report.leave, name="leave"),
    path("closing", closing.closing, name="closing"),
    path("closing/open", closing.reopen, name="open"),
    path("closing/files/<slug:step>", closing.files, name="files"),
]
