"""The crash test would see it: what is lost, doubled, changed, or acknowledged in two ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.crash.killing import Outcome, judge
from tests.crash.sending import Ledger


def row(mark: str, reference: str = "M-2026-0000001", files: tuple[str, ...] = ("digest",)) -> dict[str, Any]:
    return {"mark": mark, "reference": reference, "files": list(files)}


def judged(*there: dict[str, Any], ledger: Ledger | None = None) -> Outcome:
    if ledger is None:
        ledger = Ledger(sent={"a"})
        ledger.acknowledge("a", reference="M-2026-0000001", files=["digest"])
    outcome = Outcome("sqlite", 1, verify=0, integrity="ok")
    judge({"signals": list(there), "messages": [], "wrong": [], "leftovers": 0}, ledger, outcome)
    return outcome


def test_what_is_there_once_as_it_was_told_is_whole() -> None:
    assert judged(row("a")).is_whole


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ([], "lost"),
        ([row("a"), row("a")], "doubled"),
        ([row("a", reference="M-2026-0000002")], "changed"),
        ([row("a", files=())], "changed"),
        ([row("a", files=("other",))], "changed"),
        ([row("a"), row("b")], "changed"),
    ],
)
def test_anything_else_is_not(there: list[dict[str, Any]], named: str) -> None:
    outcome = judged(*there)
    assert not outcome.is_whole
    assert getattr(outcome, named)


def test_two_answers_that_differ_are_noticed() -> None:
    ledger = Ledger(sent={"a"})
    ledger.acknowledge("a", reference="M-2026-0000001", files=["digest"])
    ledger.acknowledge("a", reference="M-2026-0000002", files=["digest"])
    assert not judged(row("a"), ledger=ledger).is_whole


def test_what_was_begun_and_never_acknowledged_is_noticed() -> None:
    ledger = Ledger(sent={"a", "b"})
    ledger.acknowledge("a", reference="M-2026-0000001", files=["digest"])
    assert not judged(row("a"), ledger=ledger).is_whole
