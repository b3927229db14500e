"""Addresses of what comes in, for who has an account."""

from . import incidents, portal, work

app_name = "signals"
urlpatterns = [*work.urlpatterns, *portal.urlpatterns, *incidents.urlpatterns]
