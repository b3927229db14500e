"""The field at a glance, and the way back from an action."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zichtlijn.platform.design.feedback import tell

from .. import queries, undoing


def index(request: HttpRequest) -> HttpResponse:
    """The registers of the field, and the chains by name."""
    return render(request, "field/index.html", {"registers": queries.registers(request.user)})


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was just done."""
    try:
        record = undoing.undo(request.user, token)
    except BadSignature:
        raise Http404 from None
    except (ObjectDoesNotExist, ValidationError):
        tell(request, _("This cannot be undone any more: something else was changed since."), tone="warning")
        return redirect("field:index")
    tell(request, _("It is as it was before."))
    return redirect(record.get_absolute_url())  # type: ignore[attr-defined]
