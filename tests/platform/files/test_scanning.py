"""From waiting to clean or infected, by the scanner alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.platform.files.fake_clamd import FakeClamd, clamd
from tests.platform.files.pictures import EICAR
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.files import scanning
from zichtlijn.platform.files.attachments import ScanState
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.scanning import pause_after, remove_infected, rescan, scan_waiting, waiting
from zichtlijn.platform.files.storing import path_of, store
from zichtlijn.platform.files.transitions import SCAN
from zichtlijn.platform.tasks.models import Job
from zichtlijn.platform.tasks.queue import enqueue
from zichtlijn.supervision.signals.models import Signal, SignalAttachment

pytestmark = pytest.mark.django_db
STEPS = {
    ("waiting", "find_clean"): "clean",
    ("waiting", "find_infected"): "infected",
    ("waiting", "give_up"): "unscanned",
    ("clean", "rescan"): "waiting",
    ("unscanned", "rescan"): "waiting",
    ("infected", "remove"): "infected",
}


@pytest.fixture(autouse=True)
def scanner(settings: Any, tmp_path: Any) -> Iterator[FakeClamd]:
    """A running scanner, and a store of its own."""
    settings.ZICHTLIJN_FILES = tmp_path / "files"
    with clamd() as running:
        settings.CLAMD_ADDRESS = running.address
        yield running


def attachment(data: bytes = b"words", **values: Any) -> SignalAttachment:
    signal = Signal.objects.create(channel="form", subject="x", text="x")
    given = {"file": store(data, "text/plain"), "name": "a.txt", "media_type": "text/plain", "size": len(data)} | values
    return SignalAttachment.objects.create(signal=signal, **given)


@pytest.mark.parametrize("state", ScanState.values)
@pytest.mark.parametrize("step", sorted({step for _state, step in STEPS}))
def test_the_table_of_states_and_steps(state: str, step: str) -> None:
    if (state, step) in STEPS:
        assert SCAN.after(state, step) == STEPS[state, step]
    else:
        with pytest.raises(StepRefused):
            SCAN.after(state, step)


def test_every_state_is_in_the_table() -> None:
    assert SCAN.states == set(ScanState.values)


def test_a_round_makes_clean_files_clean_and_names_what_it_finds() -> None:
    clean, infected = attachment(), attachment(b"x" + EICAR)
    scanned = scan_waiting()
    clean.refresh_from_db()
    infected.refresh_from_db()
    assert (clean.scan_state, infected.scan_state) == ("clean", "infected")
    assert infected.scan_finding == "Win.Test.EICAR_HDB-1"
    assert clean.scanned_at
    assert (scanned.done, scanned.infected) == (2, 1)


def test_while_the_scanner_is_gone_files_wait_and_become_nothing_else(settings: Any, scanner: FakeClamd) -> None:
    kept = attachment()
    scanner.answer = b"broken ERROR\0"
    scanned = scan_waiting()
    kept.refresh_from_db()
    assert (kept.scan_state, kept.scan_attempts) == ("waiting", 1)
    assert (scanned.done, scanned.still_waiting) == (0, 1)


def test_a_file_that_was_just_tried_waits_for_its_pause_and_is_caught_up_after_it(scanner: FakeClamd) -> None:
    kept = attachment()
    scanner.answer = b""
    scan_waiting()
    scanner.answer = None
    assert scan_waiting().done == 0, "the pause is not over"
    SignalAttachment._base_manager.update(scanned_at=timezone.now() - timedelta(seconds=31))
    assert scan_waiting().done == 1
    kept.refresh_from_db()
    assert kept.scan_state == "clean"


def test_the_pauses_grow_and_end_at_an_hour() -> None:
    assert [pause_after(number) for number in (1, 2, 3)] == [timedelta(seconds=each) for each in (30, 60, 120)]
    assert pause_after(1000) == timedelta(hours=1)


def test_of_two_rounds_at_once_only_one_takes_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = attachment()
    asked = []

    def meanwhile(address: str, file: Any) -> Any:
        asked.append(address)
        if len(asked) == 1:
            SignalAttachment._base_manager.update(scanned_at=None)
            rival = SignalAttachment._base_manager.get(pk=kept.pk)
            rival.scan_attempts -= 1  # as it was read before the other took it
            assert not scanning._claim(rival)
        return scanning.Verdict("find_clean")

    monkeypatch.setattr(scanning, "ask", meanwhile)
    scan_waiting()
    assert len(asked) == 1


def test_without_a_scanner_nothing_is_looked_at_and_new_files_are_unscanned(settings: Any) -> None:
    settings.CLAMD_ADDRESS = ""
    kept = attachment()
    assert scanning.first_state() == "unscanned"
    assert scan_waiting().done == 0
    kept.refresh_from_db()
    assert kept.scan_state == "waiting", "what waits for a scanner that was taken away is not made unscanned by that"


def test_a_file_that_is_gone_from_the_store_is_given_up() -> None:
    kept = attachment()
    path_of(kept.file.sha256).unlink()
    scan_waiting()
    kept.refresh_from_db()
    assert kept.scan_state == "unscanned"


def test_an_unscanned_file_can_be_put_in_the_row_an_infected_one_not() -> None:
    unscanned, infected = attachment(scan_state="unscanned"), attachment(scan_state="infected")
    rescan(unscanned)
    unscanned.refresh_from_db()
    assert unscanned.scan_state == "waiting"
    with pytest.raises(StepRefused):
        rescan(infected)


def test_of_an_infected_file_the_bytes_go_and_what_it_was_stays() -> None:
    infected = attachment(b"x" + EICAR)
    scan_waiting()
    infected.refresh_from_db()
    remove_infected(infected)
    infected.refresh_from_db()
    assert (infected.file, infected.name, infected.scan_state) == (None, "a.txt", "infected")
    assert not StoredFile.objects.exists()


def test_bytes_that_something_else_still_has_stay() -> None:
    infected, other = attachment(scan_state="infected"), attachment(scan_state="clean")
    remove_infected(infected)
    assert StoredFile.objects.get() == other.file


def test_the_bytes_of_a_clean_file_cannot_be_taken_away_as_infected() -> None:
    with pytest.raises(StepRefused):
        remove_infected(attachment(scan_state="clean"))


def test_how_many_wait_and_since_when() -> None:
    assert waiting().number == 0
    first = attachment()
    attachment()
    assert (waiting().number, waiting().since) == (2, first.added_at)


def test_the_job_does_a_round(django_capture_on_commit_callbacks: Any) -> None:
    kept = attachment()
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("files.scan", actor=None, payload={})
    kept.refresh_from_db()
    assert kept.scan_state == "clean"
    assert Job.objects.get().state == "done"
