"""Bad input through the screens: a clear message beside the field, and nothing half-written."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from zichtlijn.analysis.documents.reading_refusals import REFUSALS
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.tasks.models import Job
from zichtlijn.supervision.sources.models import Document, ImportRun
from zichtlijn.supervision.sources.uploading import largest_request

from .bad_files import BadFile, bad_files, many_pages
from .conftest import BRIDGES, FERRIES, LOCKS, STAFF, START, TEXT

LAYER = " ".join([BRIDGES, START, LOCKS, FERRIES, STAFF])
OTHER_LAYER = (
    "Iets heel anders dat in geen enkel werkplan voorkomt, over planten, sterren en muziek uit verre landen. " * 3
)


def send(client: Any, *files: tuple[str, bytes], **fields: Any) -> Any:
    """Upload a file, and page layers after it."""
    (name, data), *layers = files
    given = {"file": SimpleUploadedFile(name, data), **fields}
    if layers:
        given["page_files"] = [SimpleUploadedFile(*layer) for layer in layers]
    return client.post(reverse("sources:upload"), given)


def nothing_was_written() -> bool:
    return not (Document.objects.exists() or ImportRun.objects.exists() or StoredFile.objects.exists())


@pytest.mark.parametrize("bad", bad_files(), ids=lambda bad: bad.code)
def test_a_bad_file_is_refused_beside_its_field(bad: BadFile, alice: Any, client_of: Any) -> None:
    response = send(client_of(alice), (bad.name, bad.data))
    shown = response.content.decode()
    assert response.status_code == 400
    assert 'id="id_file_error"' in shown
    if bad.code != "empty":
        error = response.context["form"].errors.as_data()["file"][0]
        assert error.code == bad.code
        with translation.override("en"):
            assert bad.english in str(error.message % (error.params or {}))
    assert nothing_was_written()


def test_too_many_pages_are_refused_by_the_job(
    alice: Any, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = many_pages() + b"\n" * (2 * 1024 * 1024)
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client_of(alice), ("boek.pdf", data))
    assert response.status_code == 302
    job = Job.objects.get()
    assert job.state == "failed"
    assert job.error[0]["message"] == REFUSALS["too-many-pages"]
    assert nothing_was_written()


def test_a_good_file_is_imported_by_a_job(alice: Any, client_of: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(
            client_of(alice),
            ("werkplan.txt", TEXT.encode()),
            ("page-3.txt", LAYER.encode()),
            title="Ons werkplan",
            licence="CC0",
            published_on="2030-09-01",
        )
    job = Job.objects.get()
    assert job.state == "done", job.error
    document = Document.objects.get()
    assert (document.title, document.licence, str(document.published_on)) == ("Ons werkplan", "CC0", "2030-09-01")
    assert document.layers.get().page == 3
    assert job.result_url == ImportRun.objects.get().get_absolute_url()
    assert StoredFile.objects.get() == document.file


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("latin-1", b""), ("utf-16", b""), ("utf-16-le", b"\xff\xfe"), ("utf-8-sig", b""), ("cp1252", b"")],
)
def test_other_encodings_are_read(
    encoding: str, mark: bytes, alice: Any, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    text = TEXT.replace("bruggen onderhoudt", "cafés en bruggen onderhoudt")
    with django_capture_on_commit_callbacks(execute=True):
        send(client_of(alice), ("werkplan.txt", mark + text.encode(encoding)))
    assert "cafés en bruggen" in Document.objects.get().text


def test_a_page_layer_of_another_document_is_refused_beside_its_field(alice: Any, client_of: Any) -> None:
    response = send(client_of(alice), ("werkplan.txt", TEXT.encode()), ("page-6.txt", OTHER_LAYER.encode()))
    assert response.status_code == 400
    assert response.context["form"].errors.as_data()["page_files"][0].code == "layer-mismatch"
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("layers", "numbers", "field"),
    [
        ([("bladzijde.txt", b"x")], "", "page_files"),
        ([("p1.txt", b"x"), ("1.txt", b"y")], "", "page_files"),
        ([("a.txt", b"x"), ("b.txt", b"y")], "3", "page_numbers"),
        ([("a.txt", b"x")], "nul", "page_files"),
    ],
)
def test_layers_need_a_page_number_each(layers: Any, numbers: str, field: str, alice: Any, client_of: Any) -> None:
    response = send(client_of(alice), ("werkplan.txt", TEXT.encode()), *layers, page_numbers=numbers)
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert nothing_was_written()


class EndlessBody:
    """What a browser sends that announced 200 MB; nothing of it may be kept."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        chunk = b"x" * min(self.left, size if size >= 0 else self.left)
        self.left -= len(chunk)
        return chunk

    readline = read


def test_an_upload_above_the_limit_is_refused_before_it_is_read(alice: Any, client_of: Any) -> None:
    size = 200 * 1024 * 1024
    assert size > largest_request()
    body = {"wsgi.input": EndlessBody(size), "CONTENT_LENGTH": str(size)}
    address = reverse("sources:upload")
    client = client_of(alice)
    tracemalloc.start()
    response = client.generic("POST", address, content_type="multipart/form-data; boundary=x", **body)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    shown = response.content.decode()
    assert response.status_code == 413
    assert 'id="id_file_error"' in shown
    assert "200 MB" in shown
    assert peak < size / 10
    assert nothing_was_written()


def test_a_file_just_above_the_limit_is_refused_beside_its_field(alice: Any, client_of: Any, settings: Any) -> None:
    settings.ZICHTLIJN_UPLOAD_LIMIT = 3 * 1024 * 1024
    response = send(client_of(alice), ("groot.txt", b"woord " * 560_000))
    assert response.status_code == 400
    assert response.context["form"].errors.as_data()["file"][0].code == "too-large"
    assert nothing_was_written()


def test_an_upload_that_lies_about_its_size_is_stopped(alice: Any, client_of: Any, settings: Any) -> None:
    settings.ZICHTLIJN_UPLOAD_LIMIT = 1024
    response = send(client_of(alice), ("groot.txt", TEXT.encode() * 40))
    assert response.status_code == 400
    assert response.context["form"].errors.as_data()["file"][0].code == "too-large"
    assert nothing_was_written()


def test_the_upload_form_is_still_protected_against_forgery(alice: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
    response = send(client, ("werkplan.txt", TEXT.encode()))
    assert response.status_code == 403
    assert nothing_was_written()


def test_a_reader_gets_no_upload_form(erin: Any, client_of: Any) -> None:
    assert client_of(erin).get(reverse("sources:upload")).status_code == 403


def test_limits_and_formats_are_said_beforehand(alice: Any, client_of: Any) -> None:
    shown = client_of(alice).get(reverse("sources:upload")).content.decode()
    assert "50 MB" in shown
    assert "5000" in shown.replace(".", "").replace("\xa0", "")
    assert "DOCX" in shown


def test_the_second_reading_of_a_failed_upload_says_that_it_is_gone(
    alice: Any, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from zichtlijn.platform.tasks.actions import restart_job

    with django_capture_on_commit_callbacks(execute=True):
        send(client_of(alice), ("boek.pdf", many_pages() + b"\n" * (2 * 1024 * 1024)))
    with django_capture_on_commit_callbacks(execute=True):
        restart_job(actor=alice, job=Job.objects.get())
    assert "Upload the file again" in Job.objects.get().error[0]["message"]
