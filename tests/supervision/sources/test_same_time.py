"""The same file twice at the same time: one document, and the second caller is told so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.actions import importing
from zichtlijn.supervision.sources.computing import Computed
from zichtlijn.supervision.sources.models import Citation, Document, ImportRun, Proposal


def _at_the_same_time(*works: Callable[[], Any]) -> list[Any]:
    results: list[Any] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results.append(work())
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_give_one_document(computed: Callable[..., Computed]) -> None:
    made = computed()
    runs = _at_the_same_time(*[lambda: importing.store_computed(actor=None, computed=made)] * 4)
    assert sorted(run.outcome for run in runs) == ["new", "same", "same", "same"], runs
    assert Document.objects.count() == 1
    assert Proposal.objects.count() == len(made.proposals)
    assert ImportRun.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_people_accept_one_proposal_once(computed: Callable[..., Computed]) -> None:
    document = importing.store_computed(actor=None, computed=computed()).document
    proposal = document.proposals.get(title="Veerbedrijf")
    results = _at_the_same_time(*[lambda: actions.accept_proposal(actor=None, proposal=proposal)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Proposal", "StepRefused"]
    assert Citation.objects.count() == 1
