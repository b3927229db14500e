"""A citation in its context, and the citations that no longer match."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import open_page

from .. import actions
from ..forms import ReasonForm
from ..models import Citation, CitationState
from ..queries import around, with_what_it_supports

COLUMNS = [_("Citation"), _("Supports"), _("Quote")]
TONES = {
    CitationState.EXACT: "positive",
    CitationState.NEAR: "warning",
    CitationState.UNMATCHED: "negative",
    CitationState.TEXT_ABSENT: "neutral",
}


@require_GET
def citation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The highlighted words with the passages around them, what they support, and how well they still match."""
    citation = get_object_or_404(with_what_it_supports(Citation.objects.visible_to(request.user)), pk=pk)
    context = {
        "citation": citation,
        "document": citation.document,
        "about": citation.about,
        "tone": TONES[CitationState(citation.state)],
        "passages": around(citation) if citation.placed else [],
    }
    return render(request, "sources/citation.html", context)


@require_GET
def unmatched(request: HttpRequest) -> HttpResponse:
    """Every citation whose words are no longer found: a person says what has to happen with it."""
    citations = with_what_it_supports(Citation.objects.unmatched().visible_to(request.user))
    context = {"page": open_page(citations, request.GET.get("page"), 50), "columns": COLUMNS}
    return render(request, "sources/unmatched.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a citation away, with a reason."""
    citation = get_object_or_404(with_what_it_supports(Citation.objects.visible_to(request.user)), pk=pk)
    if not request.user.has_perm("sources.cite_document"):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_citation(actor=request.user, citation=citation, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, _("The citation was taken away."))
            return redirect(citation.document)
    context = {"citation": citation, "form": form}
    return render(request, "sources/withdraw.html", context, status=400 if form.errors else 200)
