"""Letting go of stored files: only of those that nothing of any app refers to."""

from __future__ import annotations

import io

import pytest

from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import store
from zichtlijn.platform.files.unused import let_go
from zichtlijn.supervision.signals.models import Signal, SignalAttachment
from zichtlijn.supervision.sources.models import Document


@pytest.fixture
def stored(db):
    return store(io.BytesIO(b"een foto"), "image/png")


def test_a_file_that_nothing_refers_to_goes(stored):
    assert let_go([stored.pk]) == 1
    assert not StoredFile.objects.exists()


def test_a_file_that_an_attachment_refers_to_stays_also_when_a_document_lets_go_of_it(stored, alice):
    signal = Signal.objects.create(channel="form", subject="Foto", text="Zie foto.")
    SignalAttachment.objects.create(signal=signal, file=stored, name="foto.png", media_type="image/png", size=8)
    assert let_go([stored.pk]) == 0
    assert StoredFile.objects.get() == stored


def test_every_model_that_refers_to_a_file_is_asked(stored):
    from zichtlijn.platform.files.unused import _referring

    asked = {manager.model for manager, _name in _referring()}
    assert {SignalAttachment, Document} <= asked


def test_letting_go_of_nothing_and_of_what_is_gone_already_is_no_fault(stored):
    assert let_go([]) == 0
    let_go([stored.pk])
    assert let_go([stored.pk]) == 0
