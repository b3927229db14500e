"""Files with a report: what is taken, what is kept of it, and who gets it out again and how."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.platform.files import pictures
from tests.platform.files.fake_clamd import FakeClamd, clamd
from tests.supervision.signals.sending import form_of, send, stranger
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.files import storing
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import open_file, path_of
from zichtlijn.supervision.signals import intake
from zichtlijn.supervision.signals.models import Direction, Message, Signal, SignalAttachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.ZICHTLIJN_FILES = tmp_path / "files"


@pytest.fixture
def scanner(settings: Any) -> Iterator[FakeClamd]:
    """A running virus scanner."""
    with clamd() as running:
        settings.CLAMD_ADDRESS = running.address
        yield running


def upload(data: bytes, name: str = "verslag.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_photo_comes_in_without_place_time_and_name() -> None:
    data = pictures.photo()
    send(stranger(), files=[upload(data, "IMG_20260302_031415.jpg")])
    kept = SignalAttachment._base_manager.get()
    with open_file(kept.file) as file:
        stored = file.read()
    assert pictures.SECRET.encode() not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()
    assert (kept.name, kept.media_type, kept.stripped) == ("image 1.jpg", "image/jpeg", True)
    assert not path_of(hashlib.sha256(data).hexdigest()).exists()


def test_several_files_come_in_and_are_listed_for_the_sender() -> None:
    client = stranger()
    send(client, files=[upload(pictures.PDF), upload(pictures.docx(), "brief.docx")])
    page = client.get("/report/conversation").content.decode()
    assert "verslag.pdf" in page
    assert "brief.docx" in page


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([upload(b"<svg onload='alert(1)'/>", "foto.jpg")], "foto.jpg"),
        ([upload(b"", "leeg.pdf")], "leeg.pdf"),
        ([upload(pictures.HEIC, "foto.heic")], "foto.heic"),
        ([upload(pictures.PDF, f"{number}.pdf") for number in range(intake.MOST_FILES + 1)], "6"),
        ([upload(pictures.photo()[:200], "kapot.jpg")], "kapot.jpg"),
    ],
)
def test_a_file_that_is_refused_is_named_at_its_field_and_nothing_comes_in(files: list[Any], words: str) -> None:
    answer = send(stranger(), files=files)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["files"])
    assert not Signal.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.supervision.signals.forms import files

    monkeypatch.setattr(files, "MOST_OF_FILE", 20)
    answer = send(stranger(), files=[upload(pictures.PDF)])
    assert "verslag.pdf" in str(answer.context["form"].errors["files"])


def test_files_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.supervision.signals.forms import files

    monkeypatch.setattr(files, "MOST_TOGETHER", len(pictures.PDF) + 1)
    answer = send(stranger(), files=[upload(pictures.PDF), upload(pictures.PDF)])
    assert answer.status_code == 422
    assert not Signal.objects.exists()


def test_a_request_far_over_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_OF_REQUEST", 1000)
    assert send(stranger(), text="x" * 2000).status_code == 413
    assert not Signal.objects.exists()


def test_a_full_disk_keeps_the_words_on_the_page_and_nothing_half(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    answer = send(stranger(), files=[upload(pictures.PDF)])
    assert answer.status_code == 507
    assert b"luchtplaats" in answer.content
    assert not Signal.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_form_twice_has_its_files_once() -> None:
    client = stranger()
    submission = form_of(client)
    for _number in range(2):
        send(client, submission=submission, files=[upload(pictures.PDF)])
    assert SignalAttachment._base_manager.count() == 1


def test_files_come_along_with_an_addition() -> None:
    client = stranger()
    send(client)
    given = {"submission": form_of(client, "/report/conversation"), "text": "Zie de foto."}
    client.post("/report/conversation/add", given | {"files": [upload(pictures.photo(), "a.jpg")]})
    kept = SignalAttachment._base_manager.get()
    assert kept.message == Message.objects.get()
    assert "image 1.jpg" in client.get("/report/conversation").content.decode()


def test_there_is_an_end_to_the_files_of_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_PER_SIGNAL", 1)
    client = stranger()
    send(client, files=[upload(pictures.PDF)])
    given = {"submission": form_of(client, "/report/conversation"), "text": "Nog een.", "files": [upload(pictures.PDF)]}
    answer = client.post("/report/conversation/add", given)
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_with_a_scanner_a_file_waits_and_is_looked_at_once_it_is_in(
    scanner: FakeClamd, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(stranger(), files=[upload(pictures.PDF)])
    assert SignalAttachment._base_manager.get().scan_state == "clean"
    assert scanner.received == [pictures.PDF]


def test_without_a_scanner_a_file_is_unscanned_and_comes_out_after_a_warning(bob: Any, client_of: Any) -> None:
    send(stranger(), files=[upload(pictures.PDF)])
    kept = SignalAttachment._base_manager.get()
    client = client_of(bob)
    address = f"/signals/attachments/{kept.uid}"
    assert client.get(address)["Location"] == f"{address}/warning"
    page = client.get(f"{address}/warning")
    assert b"<form" in page.content
    assert pictures.PDF not in page.content
    answer = client.post(f"{address}/warning")
    assert bytes_of(answer) == pictures.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def stored(state: str, **values: Any) -> SignalAttachment:
    """A file of a report, in some state of its scan."""
    send(stranger(), files=[upload(pictures.PDF)])
    SignalAttachment._base_manager.update(scan_state=state, **values)
    return SignalAttachment._base_manager.get()


def test_a_clean_file_is_a_download_at_once(bob: Any, client_of: Any) -> None:
    answer = client_of(bob).get(f"/signals/attachments/{stored('clean').uid}")
    assert bytes_of(answer) == pictures.PDF
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("state", ["waiting", "infected"])
def test_a_file_that_waits_or_is_infected_does_not_come_out(state: str, bob: Any, client_of: Any) -> None:
    kept = stored(state)
    client = client_of(bob)
    for answer in (
        client.get(f"/signals/attachments/{kept.uid}", follow=True),
        client.post(f"/signals/attachments/{kept.uid}/warning"),
    ):
        assert answer.status_code == 200
        assert not answer.streaming
        assert b'<form method="post">' not in answer.content.split(b"<main")[1]


@pytest.mark.parametrize("state", ["waiting", "infected", "unscanned", "clean"])
def test_the_sender_gets_his_own_file_by_the_same_rules(state: str) -> None:
    client = stranger()
    send(client, files=[upload(pictures.PDF)])
    SignalAttachment._base_manager.update(scan_state=state)
    address = f"/report/conversation/attachments/{SignalAttachment._base_manager.get().uid}"
    assert client.get(address).streaming is (state == "clean")
    assert client.post(address).streaming is (state in ("clean", "unscanned"))


def test_a_sender_gets_no_file_of_another_report_and_none_that_was_not_shared() -> None:
    send(stranger(), files=[upload(pictures.PDF)])
    other = SignalAttachment._base_manager.get()
    client = stranger()
    send(client, files=[upload(pictures.PDF)])
    own = SignalAttachment._base_manager.exclude(pk=other.pk).get()
    assert client.get(f"/report/conversation/attachments/{other.uid}").status_code == 404
    SignalAttachment._base_manager.update(is_shared=False)
    assert client.get(f"/report/conversation/attachments/{own.uid}").status_code == 404
    assert stranger().get(f"/report/conversation/attachments/{own.uid}")["Location"] == "/report/code"


@pytest.mark.parametrize(("person", "status"), [("bob", 302), ("erin", 404), ("olga", 404), ("pia", 404)])
def test_only_staff_reach_a_file_of_a_citizen(
    person: str, status: int, request: pytest.FixtureRequest, client_of: Any
) -> None:
    kept = stored("unscanned")
    client = client_of(request.getfixturevalue(person))
    assert client.get(f"/signals/attachments/{kept.uid}").status_code == status
    if status == 404:
        assert client.post(f"/signals/attachments/{kept.uid}/warning").status_code == 404


def test_a_file_of_a_restricted_report_leaves_a_reading_when_it_is_opened(bob: Any, bart: Any, client_of: Any) -> None:
    kept = stored("unscanned")
    signal = kept.signal
    signal.access = "restricted"
    signal.save()
    FileAccess.objects.create(file_key=signal.file_key, user=bob, purpose="behandelen")
    address = f"/signals/attachments/{kept.uid}/warning"
    assert client_of(bart).get(address).status_code == 404
    client_of(bob).get(address)
    bytes_of(client_of(bob).post(address))
    SignalAttachment._base_manager.update(scan_state="clean")
    bytes_of(client_of(bob).get(address.removesuffix("/warning")))
    assert list(Reading.objects.order_by("pk").values_list("user", "kind")) == [
        (bob.pk, "page"),
        (bob.pk, "file"),
        (bob.pk, "file"),
    ]


def test_an_organisation_gets_what_it_sent_itself(spokeswoman: Any, prison: Any, client_of: Any, came_in: Any) -> None:
    own = came_in(kind="notification", channel="account", organisation=prison)
    intake.attach(own, intake.prepare([upload(pictures.PDF)]))
    intake.attach(own, intake.prepare([upload(pictures.docx(), "intern.docx")]), is_shared=False)
    shared, internal = SignalAttachment._base_manager.order_by("pk")
    assert client_of(spokeswoman).get(f"/signals/attachments/{shared.uid}").status_code == 302
    assert client_of(spokeswoman).get(f"/signals/attachments/{internal.uid}").status_code == 404


def test_a_file_whose_bytes_are_gone_is_said_to_be_gone(bob: Any, client_of: Any) -> None:
    kept = stored("clean")
    path_of(kept.file.sha256).unlink()
    assert client_of(bob).get(f"/signals/attachments/{kept.uid}").status_code == 200
    SignalAttachment._base_manager.update(file=None, scan_state="infected")
    assert client_of(bob).post(f"/signals/attachments/{kept.uid}/warning").status_code == 200


def test_a_message_to_the_sender_can_have_a_file() -> None:
    client = stranger()
    send(client)
    signal = Signal.objects.get()
    said = Message.objects.create(signal=signal, direction=Direction.TO_SENDER, text="Zie de bijlage.")
    intake.attach(signal, intake.prepare([upload(pictures.PDF, "antwoord.pdf")]), message=said)
    assert "antwoord.pdf" in client.get("/report/conversation").content.decode()


def test_the_administrator_sees_how_files_fare_and_has_unscanned_ones_looked_at(
    dave: Any, client_of: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept = stored("unscanned")
    client = client_of(dave)
    assert client.get("/report/closing").status_code == 200
    client.post("/report/closing/files/rescan")
    kept.refresh_from_db()
    assert kept.scan_state == "unscanned", "there is no scanner"
    with clamd() as scanner, django_capture_on_commit_callbacks(execute=True):
        settings.CLAMD_ADDRESS = scanner.address
        client.post("/report/closing/files/rescan")
        kept.refresh_from_db()
        assert kept.scan_state == "waiting"
    assert Event.objects.get(action="signals.rescan_files").object_label == f"attachment {kept.pk}"


def test_the_administrator_takes_away_what_infected_files_hold(dave: Any, bob: Any, client_of: Any) -> None:
    kept = stored("infected", scan_finding="Eicar")
    assert client_of(bob).post("/report/closing/files/remove").status_code == 403
    client_of(dave).post("/report/closing/files/remove")
    kept.refresh_from_db()
    assert (kept.file, kept.name, kept.scan_finding) == (None, "verslag.pdf", "Eicar")
    assert not StoredFile.objects.exists()
    assert "verslag" not in str(Event.objects.filter(action="signals.remove_infected_files").values())
