"""Two editions beside each other: what is new, gone and changed."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..editions import compared, other_editions
from ..models import Document


@require_GET
@permission_required("sources.view_proposal", raise_exception=True)
def compare_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals of a document held against those of the edition before it, or against ``?with=``."""
    documents = Document.objects.light().defer("page_map").visible_to(request.user)
    document = get_object_or_404(documents.select_related("edition_of"), pk=pk)
    others = other_editions(document, request.user)
    asked = request.GET.get("with", "")
    earlier = next((other for other in others if str(other.pk) == asked), None)
    if asked and earlier is None:
        raise Http404
    earlier = earlier or document.edition_of or (others[0] if others else None)
    context = {
        "document": document,
        "earlier": earlier,
        "others": others,
        "groups": compared(earlier, document, request.user) if earlier else [],
    }
    return render(request, "sources/compare.html", context)
