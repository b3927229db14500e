"""The cases behind a figure, and one case. Who may not see cases learns nothing here, not even how many there are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import OpenPage
from zichtlijn.platform.design.tables import Column as Heading
from zichtlijn.platform.lists.downloads import XLSX
from zichtlijn.platform.lists.exports import TooManyRowsError, csv_lines, xlsx_file
from zichtlijn.platform.numbers import whole_number

from .. import actions
from ..case_list import cases_asked, events_in_words, frame_of
from ..dataset_cases import CASE_COLUMNS, PAGE_SIZE, Cases, case_of, events_of
from ..dataset_messages import as_validation_error
from ..models import Dataset
from .datasets import dataset_of

DEEPEST_PAGE = 2_000
EVENT_HEADINGS = [
    Heading(_("When")),
    Heading(_("What happened")),
    Heading(_("Organisation")),
    Heading(_("Until the next event"), numeric=True),
]


def _with_figures(request: HttpRequest, pk: int) -> Dataset:
    dataset = dataset_of(request, pk)
    if not dataset.has_figures:
        raise Http404
    return dataset


@require_GET
def case_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The cases behind ``?metric=…`` with its arguments and the selection, a page at a time or as a file."""
    dataset = _with_figures(request, pk)
    if not request.user.has_perm("sources.view_cases", dataset):
        return _not_for_readers(request, dataset)
    try:
        cases, unknown = cases_asked(dataset, dataset.open_prepared(), request.GET)
        frame = frame_of(dataset, cases, request, unknown)
        wanted = request.GET.get("format", "")
        if wanted in ("csv", "xlsx"):
            return _export(request, dataset, cases, wanted, frame["number"])
        return render(request, "sources/dataset_cases.html", {**frame, **_page(request, cases)})
    except LogError as error:
        tell(request, " ".join(as_validation_error(error).messages), "negative")
        return redirect(dataset)


def _not_for_readers(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Nothing is counted: two counts of nearly the same cases would tell the one person by whom they differ."""
    context = {"dataset": dataset, "back": reverse("sources:dataset-dashboard", args=[dataset.pk])}
    return render(request, "sources/dataset_cases_closed.html", context, status=403)


def _page(request: HttpRequest, cases: Cases) -> dict[str, Any]:
    number = min(whole_number(request.GET.get("page"), 9) or 1, DEEPEST_PAGE)
    rows = cases.page(number)
    page = OpenPage(rows[:PAGE_SIZE], number, PAGE_SIZE, len(rows) > PAGE_SIZE and number < DEEPEST_PAGE)
    shown = _columns_with_something(rows)
    kept = urlencode([(name, value) for name, value in _pairs(request) if name not in ("page", "format")])
    return {
        "page": page,
        "headings": [Heading(column.label, numeric=column.numeric) for column in shown],
        "lines": [(case, [(column, column.on_page(case)) for column in shown]) for case in page],
        "formats": [(_("Excel (XLSX)"), f"?{kept}&format=xlsx"), (_("CSV"), f"?{kept}&format=csv")],
    }


def _columns_with_something(rows: list[Any]) -> list[Any]:
    """A registration without regions needs no column of regions."""
    return [column for column in CASE_COLUMNS if any(column.plain(case) not in (None, "") for case in rows)]


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in request.GET.lists() for value in values]


def _export(request: HttpRequest, dataset: Dataset, cases: Cases, wanted: str, number: int) -> HttpResponseBase:
    query = urlencode([pair for pair in _pairs(request) if pair[0] not in ("page", "format")])
    actions.export_cases(actor=request.user, dataset=dataset, query=query, file_format=wanted, number=number)
    name = f"cases-{dataset.pk}-{timezone.localdate().isoformat()}.{wanted}"
    if wanted == "xlsx":
        try:
            book = xlsx_file(dataset.title, CASE_COLUMNS, cases.all())
        except TooManyRowsError:
            tell(request, _("These are too many cases for an Excel file. Export them as CSV."), "negative")
            return redirect(f"{request.path}?{query}")
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(_csv(cases), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(cases: Cases) -> Any:
    language = translation.get_language()

    def lines() -> Any:
        # The language of the request is over by the time that the lines are sent.
        with translation.override(language):
            yield from csv_lines(CASE_COLUMNS, cases.all())

    return lines()


@require_GET
def case_page(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One case: its events in order. It is told who looked."""
    dataset = _with_figures(request, pk)
    if not request.user.has_perm("sources.view_cases", dataset):
        raise PermissionDenied
    key = whole_number(number.removeprefix("-"), 19)
    if key is None:
        raise Http404
    log = dataset.open_prepared()
    case = case_of(log, -key if number.startswith("-") else key)
    if case is None:
        raise Http404
    actions.read_case(actor=request.user, dataset=dataset, number=case.number)
    context = {
        "dataset": dataset,
        "case": case,
        "events": events_in_words(events_of(log, case.number)),
        "event_headings": EVENT_HEADINGS,
        "facts": [(column.label, column.on_page(case)) for column in CASE_COLUMNS[1:]],
    }
    return render(request, "sources/dataset_case.html", context)
