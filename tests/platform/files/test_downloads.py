"""A file that is sent to a browser cannot act as a page of this site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.storing import store


@pytest.mark.django_db
def test_a_file_is_a_download_in_a_sandbox_and_of_no_other_kind_than_said(settings: Any, tmp_path: Path) -> None:
    settings.ZICHTLIJN_FILES = tmp_path / "files"
    answer = download_response(store(b"words", "text/html"), "ré.txt", "text/plain")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Cache-Control"] == "private, no-store"
