"""Merging turns the references of apps that the field knows nothing of."""

from __future__ import annotations

from collections.abc import Callable

from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.programme.models import Activity, Perspective, Programme
from zichtlijn.supervision.sources.models import Citation, Document


def test_activities_and_citations_go_over_to_the_kept_organisation(
    organisation: Callable[..., Organisation],
) -> None:
    gone, kept = organisation("Double"), organisation("Kept")
    perspective = Perspective.objects.create(title="Perspective", first_year=2021, last_year=2024)
    programme = Programme.objects.create(perspective=perspective, year=2024, title="Programme", slug="2024")
    one, both = (Activity.objects.create(programme=programme, code=code, title=code) for code in ("A", "B"))
    one.organisations.add(gone)
    both.organisations.add(gone, kept)
    document = Document.objects.create(title="Document", sha256="0" * 64)
    citation = Citation.objects.create(document=document, about=gone, page=1)
    actions.merge_organisation(actor=None, organisation=gone, into=kept)
    citation.refresh_from_db()
    assert citation.about == kept
    assert list(one.organisations.all()) == list(both.organisations.all()) == [kept]
