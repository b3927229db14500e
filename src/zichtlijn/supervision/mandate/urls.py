"""Addresses of mandate."""

from django.urls import path

from zichtlijn.platform.lists.views import ListView

from . import queries, tables, views

app_name = "mandate"
urlpatterns = [
    path("", ListView.as_view(table=tables.ACTS, rows=queries.acts_for), name="act-list"),
    path("add", views.AddAct.as_view(), name="act-add"),
    path("<int:pk>/", views.act, name="act"),
    path("<int:pk>/edit", views.EditAct.as_view(), name="act-edit"),
]
