"""Exports as answers to a browser."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation

from .exports import csv_lines, xlsx_file
from .tables import Table

CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(table: Table, rows: models.QuerySet[Any]) -> StreamingHttpResponse:
    """All rows as CSV, sent while they are read."""
    language = translation.get_language()

    def lines() -> Any:
        # The language of the request is over by the time that the lines are sent.
        with translation.override(language):
            yield from csv_lines(table.export_columns, rows.iterator(chunk_size=CHUNK))

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(table)}.csv"'
    return response


def xlsx_response(table: Table, rows: models.QuerySet[Any]) -> FileResponse:
    """All rows as a workbook. Raises TooManyRowsError."""
    book = xlsx_file(str(table.label), table.export_columns, rows.iterator(chunk_size=CHUNK))
    return FileResponse(book, as_attachment=True, filename=f"{_file_name(table)}.xlsx", content_type=XLSX)


def _file_name(table: Table) -> str:
    return f"{table.name.replace('.', '-')}-{timezone.localdate().isoformat()}"
