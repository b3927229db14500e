"""Addresses of notices."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read", views.read_all, name="read-all"),
    path("settings", views.arrange, name="settings"),
    path("<int:pk>/open", views.open_notice, name="open"),
    path("<int:pk>/read", views.read, name="read"),
]
