"""The pages of tokens. A new one is shown in the answer that made it, and nowhere else."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from zichtlijn.platform.design.feedback import tell

from .actions import make_token, revoke_token
from .forms import TokenForm
from .models import ApiToken

for_staff = permission_required("api.make_token", raise_exception=True)


@require_safe
@for_staff
def token_list(request: HttpRequest) -> HttpResponse:
    """One's own tokens; all of them for the administrator. Those that hold come first."""
    tokens = ApiToken.objects.visible_to(request.user).select_related("user")
    rows = sorted(tokens, key=lambda token: not token.holds)
    return render(request, "api/token_list.html", {"tokens": rows})


@require_http_methods(["GET", "POST"])
@for_staff
@never_cache
@sensitive_variables("made")
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token, and show it once."""
    form = TokenForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            made = make_token(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "api/token_made.html", {"token": made.token, "secret": made.secret})
    return render(request, "api/token_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_staff
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and end a token."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        revoke_token(actor=request.user, token=token)
        tell(request, _("The token is revoked: it opens nothing any more."))
        return redirect("api:token-list")
    return render(request, "api/token_revoke.html", {"token": token})
