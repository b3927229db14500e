"""The address of search: the name ``search`` has no prefix, every page links to it."""

from django.urls import path

from . import views

urlpatterns = [path("", views.search, name="search")]
