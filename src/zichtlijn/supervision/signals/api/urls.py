"""Addresses of the API; no slash at the end."""

from django.urls import path

from . import batches, drafts, evaluations, incidents, notifications, staff

EVALUATIONS = "signalen/<str:kenmerk>/eigen-evaluaties"
app_name = "signals-api"
urlpatterns = [
    path("meldingen", notifications.Meldingen.as_view(), name="notifications"),
    path("meldingen/<str:kenmerk>", notifications.MeldingVolledig.as_view(), name="notification"),
    path("meldingen/<str:kenmerk>/aanvullingen", notifications.Aanvullingen.as_view(), name="additions"),
    path("meldingen/<str:kenmerk>/eigen-evaluaties", notifications.EigenEvaluaties.as_view(), name="evaluations"),
    path("meldingen/<str:kenmerk>/stappen", drafts.MeldingStappen.as_view(), name="notification-steps"),
    path("meldingconcepten", drafts.Meldingconcepten.as_view(), name="drafts"),
    path("meldingreeksen", batches.Meldingreeksen.as_view(), name="batches"),
    path("meldcategorieen", notifications.Meldcategorieen.as_view(), name="categories"),
    path("signalen", staff.Signalen.as_view(), name="signals"),
    path("signalen/<str:kenmerk>/stappen", staff.Stappen.as_view(), name="steps"),
    path(EVALUATIONS, evaluations.EigenEvaluatiesVanSignaal.as_view(), name="signal-evaluations"),
    path(f"{EVALUATIONS}/<str:nummer>", evaluations.EigenEvaluatie.as_view(), name="signal-evaluation"),
    path(f"{EVALUATIONS}/<str:nummer>/stappen", evaluations.EigenEvaluatieStappen.as_view(), name="evaluation-steps"),
    path("incidentwegingen", incidents.Incidentwegingen.as_view(), name="weighings"),
    path("incidentwegingen/<str:nummer>", incidents.Incidentweging.as_view(), name="weighing"),
    path("incidentwegingen/<str:nummer>/stappen", incidents.IncidentwegingStappen.as_view(), name="weighing-steps"),
    path("incidentdossiers", incidents.Incidentdossiers.as_view(), name="incidents"),
    path("incidentdossiers/<str:nummer>", incidents.Incidentdossier.as_view(), name="incident"),
    path("incidentdossiers/<str:nummer>/stappen", incidents.IncidentdossierStappen.as_view(), name="incident-steps"),
]
