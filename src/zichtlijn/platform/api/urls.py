"""Addresses of tokens, of the description of the API, and of nothing at all."""

from django.urls import path

from . import pages
from .describing import description
from .operations import nothing_here

app_name = "api"
urlpatterns = [
    path("tokens", pages.token_list, name="token-list"),
    path("tokens/new", pages.token_new, name="token-new"),
    path("tokens/<int:pk>/revoke", pages.token_revoke, name="token-revoke"),
    path("v1/openapi.json", description, name="description"),
    path("v1/", nothing_here, name="root"),
    path("v1/<path:rest>", nothing_here, name="nothing"),
]
