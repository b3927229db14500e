"""Every proposal rests on exact words, has a key of its own, and is the same each time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zichtlijn.analysis.documents.proposals import propose

from .made_programmes import CARE, FOOD, read


@pytest.mark.parametrize("text", [CARE, FOOD])
def test_every_quote_is_exactly_the_text_at_its_place(text: str) -> None:
    document = read(text)
    proposals = propose(document)
    assert {p.type for p in proposals} >= {"activity", "organisation"}
    for proposal in proposals:
        assert proposal.quotes
        for quote in proposal.quotes:
            assert document.text[quote.span.start : quote.span.end] == quote.quote
            assert quote.quote.strip()


@pytest.mark.parametrize("text", [CARE, FOOD])
def test_keys_are_unique_and_the_same_in_another_reading(text: str) -> None:
    keys = [proposal.key for proposal in propose(read(text))]
    assert len(keys) == len(set(keys))
    assert keys == [proposal.key for proposal in propose(read(text))]


def test_a_key_does_not_change_with_the_year_or_what_stands_before_it() -> None:
    first = propose(read("# Jaarplan 2025\n\nIn 2025 bezoeken we de meldkamers van de brandweer.\n"))
    later = propose(
        read("# Jaarplan 2026\n\nNieuwe inleiding.\n\nIn 2026 bezoeken we de meldkamers van de brandweer.\n")
    )
    assert {p.key for p in first if p.type == "activity"} == {p.key for p in later if p.type == "activity"}


def test_a_sentence_over_a_page_end_has_a_quote_on_each_page() -> None:
    text = "# Jaarplan 2025\n\nInleiding.\n\fIn 2025 volgt de Inspectie de\n\fwerking van de meldkamers.\n\fSlot.\n"
    document = read(text, "plan.txt")
    activity = next(p for p in propose(document) if p.type == "activity")
    pages = [quote.page.number for quote in activity.quotes if quote.page]
    assert len(pages) == len(activity.quotes)
    assert len(set(pages)) == len(pages)


def test_progress_is_told_up_to_the_end() -> None:
    calls: list[tuple[int, int]] = []
    propose(read(CARE), progress=lambda done, total: calls.append((done, total)))
    assert calls[0][0] == 0
    assert calls[-1][0] == calls[-1][1] > 0


WORDS = st.sampled_from(
    [
        "de",
        "Inspectie",
        "inspectie",
        "wij",
        "in",
        "2025",
        "onderzoekt",
        "wordt",
        "zal",
        "gaat",
        "volgen",
        "het",
        "toezicht",
        "op",
        "van",
        "richt",
        "zich",
        "politie",
        "(COA)",
        "Wet",
        "keten",
        "€",
        "15",
        "miljoen",
        "fte",
        "dit",
        "die",
        ".",
        ",",
        ":",
        "-",
        "*",
        "#",
        "|",
        "doelen",
        "drie",
        "niet",
        "te\n",
        "\n\n",
        "af",
        "door",
        "om",
    ]
)


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_jumble_of_words_is_survived_with_exact_quotes(words: list[str]) -> None:
    document = read(" ".join(words) + " einde")
    for proposal in propose(document):
        assert 0 <= proposal.confidence <= 1
        assert proposal.title
        for quote in proposal.quotes:
            assert document.text[quote.span.start : quote.span.end] == quote.quote
