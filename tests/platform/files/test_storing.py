"""Storing files: once per content, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from zichtlijn.platform.files.downloads import download_response
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.queries import verify_files
from zichtlijn.platform.files.storing import (
    FileIsGoneError,
    FileTooLargeError,
    open_file,
    path_of,
    store,
    sweep_leftovers,
)

TEXT = b"Een verslag van de inspectie."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ZICHTLIJN_FILES = tmp_path / "files"
    return settings.ZICHTLIJN_FILES


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_a_file_is_kept_under_its_digest_in_two_folders(folder: Path) -> None:
    stored = store(TEXT, "text/plain")
    digest = hashlib.sha256(TEXT).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(TEXT), "text/plain")
    assert (folder / digest[:2] / digest[2:4] / digest).read_bytes() == TEXT


@pytest.mark.django_db
def test_only_the_owner_of_the_process_can_read_the_file() -> None:
    assert path_of(store(TEXT, "text/plain").sha256).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_same_bytes_give_the_same_row(folder: Path) -> None:
    first, second = store(TEXT, "text/plain"), store(io.BytesIO(TEXT), "text/plain")
    assert first.pk == second.pk
    assert files_in(folder) == [first.sha256]


@pytest.mark.django_db
def test_a_stream_is_read_in_parts_and_comes_back_whole() -> None:
    data = os.urandom(3 * 1024 * 1024 + 17)
    with open_file(store(io.BytesIO(data), "application/octet-stream")) as file:
        assert file.read() == data


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(FileTooLargeError):
        store(b"x" * 101, "text/plain", limit=100)
    assert files_in(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_file_of_exactly_the_limit_is_accepted() -> None:
    assert store(b"x" * 100, "text/plain", limit=100).size == 100


@pytest.mark.django_db
def test_the_limit_of_the_installation_counts_when_none_is_given(settings: Any) -> None:
    settings.ZICHTLIJN_UPLOAD_LIMIT = 10
    with pytest.raises(FileTooLargeError):
        store(TEXT, "text/plain")


@pytest.mark.django_db
def test_a_stream_that_breaks_off_leaves_nothing(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(Broken(TEXT), "text/plain")
    assert files_in(folder) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_the_same_time_gives_one_row(folder: Path) -> None:
    data = os.urandom(200_000)
    start = threading.Barrier(4)
    outcomes: list[Any] = []

    def upload() -> None:
        try:
            start.wait()
            with transaction.atomic():
                outcomes.append(store(io.BytesIO(data), "application/pdf").pk)
        except Exception as error:  # noqa: BLE001 - a failure of a thread must fail the test
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 4
    assert set(outcomes) == {StoredFile.objects.get().pk}
    assert files_in(folder) == [hashlib.sha256(data).hexdigest()]


@pytest.mark.django_db
def test_storing_again_repairs_a_damaged_file() -> None:
    stored = store(TEXT, "text/plain")
    path_of(stored.sha256).write_bytes(b"damage")
    store(TEXT, "text/plain")
    assert path_of(stored.sha256).read_bytes() == TEXT


@pytest.mark.django_db
def test_whole_files_give_no_problem() -> None:
    store(TEXT, "text/plain")
    assert verify_files() == []


@pytest.mark.django_db
def test_a_changed_and_a_missing_file_are_named() -> None:
    changed, missing, whole = (store(data, "text/plain") for data in (b"a", b"b", b"c"))
    path_of(changed.sha256).write_bytes(b"A")
    path_of(missing.sha256).unlink()
    problems = verify_files()
    assert len(problems) == 2
    assert changed.sha256 in problems[0]
    assert missing.sha256 in problems[1]
    assert not any(whole.sha256 in problem for problem in problems)


@pytest.mark.django_db
def test_opening_a_missing_file_says_that_it_is_gone() -> None:
    stored = store(TEXT, "text/plain")
    path_of(stored.sha256).unlink()
    with pytest.raises(FileIsGoneError):
        open_file(stored)


@pytest.mark.django_db
def test_sweeping_takes_old_leftovers_and_nothing_else(folder: Path) -> None:
    kept = store(TEXT, "text/plain")
    with transaction.atomic():
        orphan = store(b"of an upload that was undone", "text/plain")
        transaction.set_rollback(True)
    half = folder / "incoming" / "tmp-half"
    half.write_bytes(b"half")
    long_ago = time.time() - 3 * 24 * 3600
    for path in (half, path_of(orphan.sha256), path_of(kept.sha256)):
        os.utime(path, (long_ago, long_ago))
    (folder / "incoming" / "tmp-young").write_bytes(b"now")
    assert {path.name for path in sweep_leftovers()} == {orphan.sha256, "tmp-half"}
    assert files_in(folder) == sorted([kept.sha256, "tmp-young"])


@pytest.mark.django_db
def test_the_sweep_command_says_how_much_went(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = folder / "incoming" / "tmp-half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    call_command("sweep_files")
    assert "tmp-half" in capsys.readouterr().out
    assert not half.exists()


@pytest.mark.django_db
def test_nobody_sees_a_file_apart_from_its_record(dave: Any) -> None:
    store(TEXT, "text/plain")
    assert not StoredFile.objects.visible_to(dave).exists()


@pytest.mark.django_db
def test_a_download_is_never_shown_as_a_page() -> None:
    response = download_response(store(b"<script>alert(1)</script>", "text/html"), "verslag één.html")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
