"""What a user can ask of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .highlighting import ShownPassage, Stretch, show
from .models import Citation, Document, ImportRun, Passage, Proposal, ProposalState, Section
from .models.proposals import PLURALS, ProposalType

HEAVY = ("document__text", "document__page_map")
PLACES_PER_QUERY = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A stretch of one document that must be shown in its context."""

    document_id: int
    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """The passages around a place with its words marked, and the title of the section they stand in."""

    passages: tuple[ShownPassage, ...] = ()
    section: str = ""


def documents_for(user: Any) -> models.QuerySet[Document]:
    """The documents a user may see, with how many proposals wait and how many citations point into each."""
    waiting = Proposal.objects.open().filter(document=OuterRef("pk")).visible_to(user)
    citations = Citation.objects.filter(document=OuterRef("pk")).visible_to(user)
    return (
        Document.objects.light()
        .defer("page_map")
        .visible_to(user)
        .annotate(waiting=_number_of(waiting), citation_count=_number_of(citations))
    )


def _number_of(rows: models.QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("document").annotate(number=Count("id")).values("number")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def citations_of(record: models.Model) -> models.QuerySet[Citation]:
    """The citations that ``record`` rests on, in the order of the documents."""
    return Citation.objects.about(record).select_related("document").defer(*HEAVY)


def with_what_it_supports(citations: models.QuerySet[Citation]) -> models.QuerySet[Citation]:
    """The citations with the objects they are about, in one query per kind of object."""
    return citations.select_related("document", "content_type").defer(*HEAVY).prefetch_related("about")


def contexts(places: Sequence[Place]) -> list[Context]:
    """The context of each place, in a number of queries that does not grow with the places (up to 50)."""
    passages = _passages_at(places)
    sections = _sections_of(passages)
    return [_context(place, passages, sections) for place in places]


def _passages_at(places: Sequence[Place]) -> list[Passage]:
    found: dict[int, Passage] = {}
    for offset in range(0, len(places), PLACES_PER_QUERY):
        wanted = Q()
        for place in places[offset : offset + PLACES_PER_QUERY]:
            wanted |= Q(document_id=place.document_id, start__lt=place.end, end__gt=place.start)
        found |= {passage.pk: passage for passage in Passage.objects.filter(wanted)}
    return sorted(found.values(), key=lambda passage: (passage.document_id, passage.number))


def _sections_of(passages: Iterable[Passage]) -> dict[tuple[int, int], Section]:
    wanted = {(passage.document_id, passage.section) for passage in passages if passage.section is not None}
    if not wanted:
        return {}
    rows = Section.objects.filter(
        document_id__in={document for document, _number in wanted}, number__in={number for _doc, number in wanted}
    )
    return {(row.document_id, row.number): row for row in rows}


def _context(place: Place, passages: list[Passage], sections: dict[tuple[int, int], Section]) -> Context:
    here = [
        passage
        for passage in passages
        if passage.document_id == place.document_id and passage.start < place.end and passage.end > place.start
    ]
    if not here:
        return Context()
    section = sections.get((place.document_id, here[0].section if here[0].section is not None else -1))
    shown = tuple(show(passage, chosen=[Stretch(place.start, place.end)]) for passage in here)
    return Context(shown, str(section) if section else "")


def contexts_of(citations: Sequence[Citation]) -> list[tuple[Citation, Context]]:
    """Each citation with its context; an empty one where the words cannot be shown."""
    placed = [one for one in citations if one.placed]
    places = [Place(one.document_id, one.start or 0, one.end or 0) for one in placed]
    found = dict(zip((one.pk for one in placed), contexts(places), strict=True))
    return [(one, found.get(one.pk, Context())) for one in citations]


def around(citation: Citation, *, passages: int = 2) -> list[ShownPassage]:
    """The passages of a citation with some before and after, the cited words marked."""
    document = Passage.objects.filter(document_id=citation.document_id)
    start, end = citation.start or 0, citation.end or 0
    numbers = list(document.filter(start__lt=end, end__gt=start).values_list("number", flat=True))
    if not numbers:
        return []
    shown = document.filter(number__gte=min(numbers) - passages, number__lte=max(numbers) + passages)
    return [show(passage, chosen=[Stretch(start, end)]) for passage in shown]


def quotes_in_context(
    proposal: Proposal, *, most: int | None = None
) -> list[tuple[dict[str, int | str | None], Context]]:
    """Each quote of a proposal, or the first ``most`` of them, with its context."""
    quotes = proposal.quotes[:most]
    places = [Place(proposal.document_id, quote["start"], quote["end"]) for quote in quotes]
    return list(zip(quotes, contexts(places), strict=True))


def quotes_by_passage(
    proposal: Proposal, *, most: int | None = None
) -> list[tuple[dict[str, int | str | None], Context]]:
    """As ``quotes_in_context``, but a passage that is quoted several times stands there once, all its words marked."""
    joined = []
    for group in _of_one_passage(quotes_in_context(proposal, most=most)):
        quote, context = group[0]
        stretches = [Stretch(int(one["start"] or 0), int(one["end"] or 0)) for one, _context in group]
        passages = tuple(show(shown.passage, chosen=stretches) for shown in context.passages)
        joined.append((quote, Context(passages, context.section)))
    return joined


def citations_by_passage(citations: Sequence[Citation]) -> list[tuple[Citation, Context]]:
    """As ``contexts_of``, but a passage cited several times stands there once; every citation in it is a link."""
    joined = []
    for group in _of_one_passage(contexts_of(citations)):
        citation, context = group[0]
        cited = [one for one, _context in group]
        passages = tuple(show(shown.passage, citations=cited) for shown in context.passages)
        joined.append((citation, Context(passages, context.section)))
    return joined


def _of_one_passage(found: Sequence[tuple[T, Context]]) -> list[list[tuple[T, Context]]]:
    """Neighbours that stand in the same passages, together; what has no passage stands alone."""
    groups: list[list[tuple[T, Context]]] = []
    for one, context in found:
        here = [shown.passage.pk for shown in context.passages]
        if groups and here and here == [shown.passage.pk for shown in groups[-1][0][1].passages]:
            groups[-1].append((one, context))
        else:
            groups.append([(one, context)])
    return groups


def proposal_counts(document: Document, user: Any) -> dict[tuple[str, str], int]:
    """How many proposals that the user may see there are per ``(type, state)``."""
    rows = document.proposals.visible_to(user).order_by().values_list("type", "state").annotate(number=Count("id"))
    return {(kind, state): number for kind, state, number in rows}


@dataclass(frozen=True)
class FoundOfType:
    """The proposals of one type of a document: how many, how many still wait, and how sure the software is (%)."""

    type: str
    label: Any
    number: int
    waiting: int
    surest: int
    least_sure: int


def found_by_type(run: ImportRun) -> list[FoundOfType]:
    """What stands proposed from the document of an import, per type in the order of reviewing."""
    waiting = Count("id", filter=Q(state=ProposalState.OPEN))
    rows = (
        Proposal.objects.filter(document_id=run.document_id)
        .order_by()
        .values("type")
        .annotate(number=Count("id"), waiting=waiting, surest=Max("confidence"), least_sure=Min("confidence"))
    )
    by_type = {row["type"]: row for row in rows}
    return [
        FoundOfType(
            kind.value,
            PLURALS[kind],
            by_type[kind.value]["number"],
            by_type[kind.value]["waiting"],
            round(by_type[kind.value]["surest"] * 100),
            round(by_type[kind.value]["least_sure"] * 100),
        )
        for kind in ProposalType
        if kind.value in by_type
    ]
