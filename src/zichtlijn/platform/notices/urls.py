"""Addresses of notices."""

from django.urls import path

from . import administration, calendar, views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read", views.read_all, name="read-all"),
    path("settings", views.arrange, name="settings"),
    path("calendar/renew", views.renew_calendar, name="calendar-renew"),
    path("calendar/stop", views.stop_calendar, name="calendar-stop"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("attention", administration.attention, name="attention"),
    path("outbox", administration.outbox_page, name="outbox"),
    path("outbox/<int:pk>/again", administration.try_again, name="try-again"),
    path("<int:pk>/open", views.open_notice, name="open"),
    path("<int:pk>/read", views.read, name="read"),
]
