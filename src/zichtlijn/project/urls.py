"""All addresses of the product."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("health", views.health, name="health"),
    path("language", views.choose_language, name="set_language"),
    path("accounts/", include("zichtlijn.platform.accounts.urls")),
    path("casefiles/", include("zichtlijn.platform.casefiles.urls")),
    path("notices/", include("zichtlijn.platform.notices.urls")),
    path("retention/", include("zichtlijn.platform.retention.urls")),
    path("search/", include("zichtlijn.platform.search.urls")),
    path("events/", include("zichtlijn.platform.events.urls")),
    path("line-of-sight/", include("zichtlijn.platform.trace.urls")),
    path("tasks/", include("zichtlijn.platform.tasks.urls")),
    path("comments/", include("zichtlijn.platform.comments.urls")),
    path("lists/", include("zichtlijn.platform.lists.urls")),
    path("design/", include("zichtlijn.platform.design.urls")),
    path("field/", include("zichtlijn.supervision.field.urls")),
    path("acts/", include("zichtlijn.supervision.mandate.urls")),
    path("sources/", include("zichtlijn.supervision.sources.urls")),
    path("signals/", include("zichtlijn.supervision.signals.urls")),
    path("report/", include("zichtlijn.supervision.signals.public_urls")),
    path("programme/", include("zichtlijn.supervision.programme.urls")),
    path("api/v1/", include("zichtlijn.supervision.signals.api.urls")),
    path("api/", include("zichtlijn.platform.api.urls")),
]

if settings.OIDC_ENABLED:
    urlpatterns.append(path("oidc/", include("mozilla_django_oidc.urls")))

handler400 = "zichtlijn.platform.design.errors.bad_request"
handler403 = "zichtlijn.platform.design.errors.permission_denied"
handler404 = "zichtlijn.platform.design.errors.page_not_found"
handler500 = "zichtlijn.project.views.server_error"
