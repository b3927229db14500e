"""Sending a stored file to a browser, in a way that it cannot act as a page of this site."""

from __future__ import annotations

from django.http import FileResponse

from .models import StoredFile
from .storing import open_file

SANDBOX = "sandbox; default-src 'none'"


def download_response(stored: StoredFile, file_name: str, media_type: str = "") -> FileResponse:
    """The file as a download. The view that calls this has checked that the user may see it. Raises FileIsGoneError.

    ``media_type`` when it was found out for this very upload; the same bytes may have come in before as something else.
    """
    response = FileResponse(
        open_file(stored), as_attachment=True, filename=file_name, content_type=media_type or stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # Whoever opens it in the browser after all opens it without scripts, forms and the cookies of this site.
    response["Content-Security-Policy"] = SANDBOX
    return response
