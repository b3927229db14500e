"""A disk that is full and a file that is gone: said on the page, with nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zichtlijn.platform.files import storing
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.tasks.models import Job
from zichtlijn.supervision.sources.models import Document

from .conftest import TEXT

Client = Callable[[Any], Any]


def test_an_upload_to_a_full_disk_is_told_at_the_field_and_leaves_nothing(
    alice: Any, client_of: Client, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ZICHTLIJN_FILES = tmp_path

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    given = {"file": SimpleUploadedFile("plan.txt", TEXT.encode())}
    answer = client_of(alice).post(reverse("sources:upload"), given)
    assert answer.status_code == 507
    assert "No space left on device" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not Job.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_is_gone_from_the_store_is_told_on_the_page_of_its_document(
    document: Document, alice: Any, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_stored: StoredFile) -> None:
        raise storing.FileIsGoneError("x")

    monkeypatch.setattr("zichtlijn.platform.files.downloads.open_file", gone)
    answer = client_of(alice).get(reverse("sources:document-file", args=[document.pk]), follow=True)
    assert answer.redirect_chain == [(document.get_absolute_url(), 302)]
    assert "zichtlijn verify" in answer.content.decode()
