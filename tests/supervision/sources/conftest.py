"""A small document of our own with proposals made by hand, so that these tests do not hang on the rules of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from zichtlijn.analysis.documents import model
from zichtlijn.analysis.documents.reading import read
from zichtlijn.supervision.sources.computing import Computed, Given

from .logs import registration

TEXT = """# Werkplan Inspectie Waterwegen 2031

## Bruggen en sluizen

De inspectie onderzoekt in 2031 hoe het Bruggenbedrijf zijn bruggen onderhoudt.[^1] Het onderzoek begint in maart.
Zij volgt ook de sluizen bij Dorp aan de Vaart.

[^1]: Zie het jaarverslag op https://voorbeeld.example/jaarverslag.

## Veerdiensten

De inspectie spreekt met het Veerbedrijf over de wachttijden. Voor dit werk zijn 12 fte beschikbaar.
"""
BRIDGES = "De inspectie onderzoekt in 2031 hoe het Bruggenbedrijf zijn bruggen onderhoudt."
START = "Het onderzoek begint in maart."
LOCKS = "Zij volgt ook de sluizen bij Dorp aan de Vaart."
FERRIES = "De inspectie spreekt met het Veerbedrijf over de wachttijden."
STAFF = "Voor dit werk zijn 12 fte beschikbaar."


def quote_of(text: str, words: str, page: int | None = 1) -> model.Quote:
    """The quote of ``words``, which stand in ``text`` once."""
    assert text.count(words) == 1, words
    start = text.index(words)
    where = model.PageRange(page, page, "layer") if page else None
    return model.Quote(model.Span(start, start + len(words)), words, where)


def found(text: str, kind: str, title: str, words: Sequence[str], confidence: float = 0.8, **values: Any) -> Any:
    """A proposal as the analysis makes it."""
    quotes = tuple(quote_of(text, one) for one in words)
    reason = "A name from the dictionary: “%(words)s”."
    return model.Proposal(
        type=kind,  # type: ignore[arg-type]
        key=f"{kind}:{title.casefold()}",
        title=title,
        confidence=confidence,
        reason=reason,
        reason_terms={"words": title},
        quotes=quotes,
        **values,
    )


def standard_proposals(text: str) -> list[Any]:
    """One of most types; organisations need no other app to be accepted."""
    return [
        found(text, "organisation", "Bruggenbedrijf", [BRIDGES], 0.97, abbreviation="BB"),
        found(text, "organisation", "Veerbedrijf", [FERRIES], 0.9),
        found(text, "organisation", "Sluizenbedrijf", [LOCKS], 0.6),
        found(text, "chain", "Waterketen", [LOCKS], 0.7),
        found(text, "act", "Wet op de bruggen", [BRIDGES, START], 0.92),
        found(text, "footnote", "Jaarverslag", ["[^1]: Zie het jaarverslag"], 0.97, mark="1"),
    ]


@pytest.fixture
def computed() -> Callable[..., Computed]:
    """``computed(text, proposals=…)``: what an import of that text would write."""

    def make(text: str = TEXT, proposals: Sequence[Any] | None = None, **given: Any) -> Computed:
        data = text.encode()
        document = read(data, "werkplan.md")
        document = replace(document, title=given.get("title") or "Werkplan 2031", publisher="Inspectie Waterwegen")
        document = replace(document, year=given.get("year", 2031))
        made = standard_proposals(document.text) if proposals is None else proposals
        return Computed(data, "werkplan.md", {}, document, tuple(made), Given(**given))

    return make


@pytest.fixture
def run(db: None, computed: Callable[..., Computed], alice: Any) -> Any:
    """The small document, imported by Alice."""
    from zichtlijn.supervision.sources.actions.importing import store_computed

    return store_computed(actor=alice, computed=computed())


@pytest.fixture
def document(run: Any) -> Any:
    """The document of ``run``."""
    return run.document


@pytest.fixture
def proposal_of(document: Any) -> Callable[[str], Any]:
    """``proposal_of(title)``."""

    def get(title: str) -> Any:
        return document.proposals.get(title=title)

    return get


@pytest.fixture
def dataset(anna: Any, settings: Any, tmp_path: Any) -> Any:
    """A prepared dataset of the analyst."""
    return _prepared_in(settings, tmp_path, anna)


@pytest.fixture
def large_dataset(anna: Any, settings: Any, tmp_path: Any) -> Any:
    """One with cases enough that no figure is too small to show."""
    return _prepared_in(settings, tmp_path, anna, registration(range(1, 301)))


def _prepared_in(settings: Any, folder: Any, owner: Any, *content: Any) -> Any:
    from .dataset_steps import prepared

    settings.DATA = folder
    return prepared(owner, *content)


@pytest.fixture(autouse=True, scope="session")
def _each_log_is_looked_at_once() -> Iterator[None]:
    """What a log seems to mean and its load report, computed once per content and mapping."""
    from zichtlijn.analysis.eventlogs import proposing, report

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(report, "load_report", _computed_once(report.load_report))
        patches.setattr(proposing, "propose_mapping", _computed_once(proposing.propose_mapping))
        yield


def _computed_once(compute: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    def remembered(raw: Any, *given: Any, **options: Any) -> Any:
        key = repr((replace(raw, folder=None), given, options))
        if key not in known:
            known[key] = compute(raw, *given, **options)
        return known[key]

    return remembered
