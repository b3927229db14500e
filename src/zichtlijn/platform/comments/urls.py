"""Addresses of comments."""

from django.urls import path

from . import views

app_name = "comments"
urlpatterns = [
    path("on/<str:label>/<int:pk>/", views.add, name="add"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("<int:pk>/restore", views.restore, name="restore"),
]
