"""Addresses of accounts."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("login", views.SignIn.as_view(), name="login"),
    path("logout", views.SignOut.as_view(), name="logout"),
]
