"""The review screen: the proposals of a document on one side, the chosen one with its passages on the other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..models import Document, Proposal
from ..review_page import Choice, chosen_proposal, review_context


@require_GET
@permission_required("sources.view_proposal", raise_exception=True)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals of a document; the first one of the list is shown when none is chosen."""
    document = get_object_or_404(_documents(request), pk=pk)
    choice = Choice.from_query(request.GET, document)
    chosen = chosen_proposal(document, choice, request.GET.get("proposal"), request.user)
    return _page(request, document, choice, chosen)


@require_GET
def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same screen with one proposal chosen; the list shows its type and state."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    document = get_object_or_404(_documents(request), pk=proposal.document_id)
    choice = Choice.from_query(request.GET, document, around=proposal)
    return _page(request, document, choice, proposal)


def _documents(request: HttpRequest) -> Any:
    return Document.objects.light().defer("page_map").visible_to(request.user)


def _page(request: HttpRequest, document: Document, choice: Choice, proposal: Proposal | None) -> HttpResponse:
    editing = "edit" in request.GET
    return render(request, "sources/review.html", review_context(request.user, document, choice, proposal, editing))
