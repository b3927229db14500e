"""Addresses of lists."""

from django.urls import path

from . import saved_views

app_name = "lists"
urlpatterns = [
    path("saved/", saved_views.saved_list, name="saved"),
    path("saved/new", saved_views.save, name="save"),
    path("saved/restore", saved_views.restore, name="restore"),
    path("saved/<int:pk>/rename", saved_views.rename, name="rename"),
    path("saved/<int:pk>/delete", saved_views.delete, name="delete"),
]
