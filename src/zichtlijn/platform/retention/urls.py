"""Addresses of retention and destruction."""

app_name = "retention"
urlpatterns: list = []
