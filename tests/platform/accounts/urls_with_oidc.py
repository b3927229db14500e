"""The addresses of an installation that has OpenID Connect on."""

from django.urls import include, path

from zichtlijn.project.urls import handler400, handler403, handler404, handler500
from zichtlijn.project.urls import urlpatterns as own

urlpatterns = [*own, path("oidc/", include("mozilla_django_oidc.urls"))]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
