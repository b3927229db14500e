"""The list of documents, the reading page, what is known about a document, and its file."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.storing import FileIsGoneError
from zichtlijn.platform.lists.views import ListView

from ..actions import edit_document
from ..forms import DetailsForm
from ..models import Citation, Document
from ..queries import documents_for
from ..reading_page import contents_of, read_sheet, wanted_sheet
from ..tables import DOCUMENTS


class DocumentList(ListView):
    """All documents, with a word about citations that no longer match."""

    template_name = "sources/document_list.html"


def _above_the_list(request: HttpRequest) -> dict[str, object]:
    return {"unmatched": Citation.objects.unmatched().visible_to(request.user).count()}


document_list = DocumentList.as_view(table=DOCUMENTS, rows=documents_for, context=_above_the_list)


@require_GET
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a document by sheets, with citations and footnotes."""
    document = get_object_or_404(Document.objects.light().visible_to(request.user).select_related("edition_of"), pk=pk)
    sheet = read_sheet(document, wanted_sheet(document, request.GET.dict()), request.user)
    context = {
        "document": document,
        "sheet": sheet,
        "contents": contents_of(document),
        "editions": document.editions.light().visible_to(request.user),
        "open": document.proposals.open().visible_to(request.user).count(),
        "citations": document.citations.visible_to(request.user).count(),
        "unmatched": document.citations.unmatched().visible_to(request.user).count(),
        "run": document.runs.visible_to(request.user).first(),
    }
    return render(request, "sources/document.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about a document beside its text."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    form = DetailsForm(request.POST or None, instance=document)
    if request.method == "POST" and form.is_valid():
        try:
            edit_document(actor=request.user, document=document, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, _("The document was changed."))
            return redirect(document)
    return render(request, "sources/document_edit.html", {"document": document, "form": form})


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse | HttpResponseRedirect:
    """The file as it came in."""
    document = get_object_or_404(Document.objects.light().visible_to(request.user).select_related("file"), pk=pk)
    if document.file is None:
        raise Http404
    try:
        return download_response(document.file, document.filename)
    except FileIsGoneError:
        gone = _("This file is no longer in the store; with “zichtlijn verify” the administrator sees what is missing.")
        tell(request, gone, "negative")
        return redirect(document.get_absolute_url())
