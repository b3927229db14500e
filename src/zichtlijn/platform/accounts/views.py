"""Signing in and out, one's own account, and the second factor."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from zichtlijn.platform.design.navigation import public_links

from . import second_factor
from .demo import DEMO_PASSWORD, PEOPLE
from .forms import CodeForm
from .middleware import OPEN_CLASSES, outside, public
from .models import User

HALFWAY = "second_factor_for"
HALFWAY_SECONDS = 300


class SignIn(LoginView):
    """The sign-in page. Who has a second factor is asked for it before anything is open."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also the demo accounts, and whether OpenID Connect is on."""
        demo = {"demo_people": PEOPLE, "demo_password": DEMO_PASSWORD} if settings.ZICHTLIJN_DEMO else {}
        return (
            super().get_context_data(**kwargs) | demo | {"oidc": settings.OIDC_ENABLED, "public_links": public_links()}
        )

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or go on to the second factor."""
        user = form.get_user()
        if not second_factor.has_second_factor(user):
            return super().form_valid(form)
        backend = getattr(user, "backend", "")
        self.request.session[HALFWAY] = TimestampSigner().sign_object([user.pk, backend, self.get_redirect_url()])
        return redirect("accounts:second-factor")


class SignOut(LogoutView):
    """Ends the session; POST only."""


class ChangePassword(PasswordChangeView):
    """Another password for oneself."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it is done."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


OPEN_CLASSES.update({SignIn, SignOut, OIDCAuthenticationRequestView, OIDCAuthenticationCallbackView})


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code of the second factor, for five minutes after the password was right."""
    halfway = _halfway(request)
    if halfway is None:
        messages.error(request, _("Signing in took too long. Please begin again."))
        return redirect("accounts:login")
    user, backend, target = halfway
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.check_code(user, form.cleaned_data["code"])
        if device is not None:
            login(request, user, backend=backend)
            otp_login(request, device)
            request.session.pop(HALFWAY, None)
            return HttpResponseRedirect(_safe_target(request, target))
        form.add_error("code", _("This code is not right, or was used before. Wait for the next one and try again."))
    return render(request, "accounts/second_factor.html", {"form": form}, status=400 if form.errors else 200)


def _halfway(request: HttpRequest) -> tuple[User, str, str] | None:
    try:
        number, backend, target = TimestampSigner().unsign_object(
            request.session.get(HALFWAY, ""), max_age=HALFWAY_SECONDS
        )
    except (BadSignature, ValueError):
        return None
    user = get_user_model().objects.filter(pk=number, is_active=True).first()
    return (user, backend, target) if user else None


def _safe_target(request: HttpRequest, target: str) -> str:
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and allowed else resolve_url(settings.LOGIN_REDIRECT_URL)


@outside
def profile(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = cast(User, request.user)
    return render(request, "accounts/profile.html", {"has_second_factor": second_factor.has_second_factor(user)})


@outside
@never_cache
@require_http_methods(["GET", "POST"])
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Show the QR code, then switch on after the first right code."""
    user = cast(User, request.user)
    if second_factor.has_second_factor(user):
        return redirect("accounts:profile")
    device = second_factor.waiting(user) if request.method == "POST" else second_factor.begin(user)
    device = device or second_factor.begin(user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        codes = second_factor.confirm(user, device, form.cleaned_data["code"])
        if codes:
            otp_login(request, device)
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("This code is not right. Check that the clock of your phone is right and try again."))
    context = {"form": form, "picture": second_factor.picture(device), "address": device.config_url}
    return render(request, "accounts/set_up_second_factor.html", context, status=400 if form.errors else 200)


@outside
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    """Back to the password alone, for whoever has the code: an unattended screen is not enough."""
    user = cast(User, request.user)
    if not second_factor.has_second_factor(user):
        return redirect("accounts:profile")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.check_code(user, form.cleaned_data["code"]) is not None:
            second_factor.remove(user)
            messages.success(request, _("The second factor is off. Signing in asks for your password only."))
            return redirect("accounts:profile")
        form.add_error("code", _("This code is not right, or was used before. Wait for the next one and try again."))
    return render(request, "accounts/remove_second_factor.html", {"form": form}, status=400 if form.errors else 200)
