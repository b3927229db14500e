"""A figure that was computed comes from memory the second time, and memory has an end."""

from __future__ import annotations

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import computing as kept_results


def test_a_computed_figure_comes_from_memory_the_second_time(
    youth: GeneratedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection(from_us=5)
    first = chain_figures.cached("summary", youth.prepared, selection)
    monkeypatch.setattr(kept_results, "compute", lambda *_words, **_more: pytest.fail("computed again"))
    assert chain_figures.cached("summary", youth.prepared, selection) is first


def test_memory_does_not_grow_without_end(youth: GeneratedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_results, "MOST_KEPT", 3)
    monkeypatch.setattr(kept_results, "compute", lambda *_words, **_more: {})
    for number in range(10):
        chain_figures.cached("summary", youth.prepared, Selection(from_us=-number))
    assert len(kept_results._kept) == 3
