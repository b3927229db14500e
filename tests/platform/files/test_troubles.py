"""What the administrator reads of the scanner: that it is gone, and how many files wait for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.platform.files.fake_clamd import clamd
from zichtlijn.platform.files.clamd import answers
from zichtlijn.platform.files.scanning import Waiting
from zichtlijn.platform.files.troubles import trouble_with_scanning


@pytest.fixture
def said(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``said(address, number, since)`` is what is said with that scanner and so many files waiting."""

    def look(address: str, number: int = 0, since: Any = None) -> list[str]:
        settings.CLAMD_ADDRESS = address
        monkeypatch.setattr("zichtlijn.platform.files.troubles.waiting", lambda: Waiting(number, since))
        with translation.override("en"):
            return [str(trouble.what) for trouble in trouble_with_scanning()]

    return look


def test_a_scanner_that_answers_and_is_up_to_date_is_no_trouble(said: Any) -> None:
    with clamd() as scanner:
        assert answers(scanner.address)
        assert said(scanner.address, 1, timezone.now()) == []
        long_ago = timezone.now() - timedelta(hours=2)
        assert said(scanner.address, 2, long_ago) == ["Files wait long for the virus scanner. 2 files wait for it."]


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "nonsense"])
def test_a_scanner_that_is_gone_is_trouble_before_a_file_waits(said: Any, address: str) -> None:
    assert said(address) == ["The virus scanner does not answer. No file waits for it yet."]
    assert said(address, 1, timezone.now()) == ["The virus scanner does not answer. 1 file waits for it."]


def test_without_a_scanner_only_files_that_still_wait_are_trouble(said: Any) -> None:
    assert said("") == []
    assert said("", 1, timezone.now()) == ["The virus scanner is no longer set. 1 file waits for it."]
