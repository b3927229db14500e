"""Addresses of the API; no slash at the end."""

from django.urls import path

from . import batches, notifications, staff

app_name = "signals-api"
urlpatterns = [
    path("meldingen", notifications.Meldingen.as_view(), name="notifications"),
    path("meldingen/<str:kenmerk>", notifications.MeldingVolledig.as_view(), name="notification"),
    path("meldingen/<str:kenmerk>/aanvullingen", notifications.Aanvullingen.as_view(), name="additions"),
    path("meldingen/<str:kenmerk>/eigen-evaluaties", notifications.EigenEvaluaties.as_view(), name="evaluations"),
    path("meldingreeksen", batches.Meldingreeksen.as_view(), name="batches"),
    path("meldcategorieen", notifications.Meldcategorieen.as_view(), name="categories"),
    path("signalen", staff.Signalen.as_view(), name="signals"),
    path("signalen/<str:kenmerk>/stappen", staff.Stappen.as_view(), name="steps"),
]
