"""Sending a stored file to a browser, in a way that it cannot act as a page of this site."""

from __future__ import annotations

from django.http import FileResponse

from .models import StoredFile
from .storing import open_file


def download_response(stored: StoredFile, file_name: str) -> FileResponse:
    """The file as a download. The view that calls this has checked that the user may see it. Raises FileIsGoneError."""
    response = FileResponse(open_file(stored), as_attachment=True, filename=file_name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
