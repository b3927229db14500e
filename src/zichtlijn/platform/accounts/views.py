"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView

from .middleware import OPEN_CLASSES


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the session; POST only."""


OPEN_CLASSES.update({SignIn, SignOut})
